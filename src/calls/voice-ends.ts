import type { FarAction, FarAnswer, FarEnds } from './far-ends.ts';

/** What a telephone call can hand its caller to. `mayCall`: whether a number may be dialled for him. */
export function voiceEnds(deps: { readonly mayCall: (e164: string) => boolean }): FarEnds {
  return {
    answer: (action) => {
      switch (action.type) {
        case 'transfer':
          return transfer(action, deps.mayCall);
        case 'voicemail':
        case 'webhook':
          return { event: null, isWaiting: true, records: [] };
        case 'sms':
          // The ledger hands it over; what becomes of it is told by the text itself.
          return { event: null, records: [] };
      }
    },
  };
}

function transfer(
  { to }: Extract<FarAction, { type: 'transfer' }>,
  mayCall: (e164: string) => boolean,
): FarAnswer {
  const start = { type: 'transfer.start', detail: { to } };
  if (to !== 'agents' && !mayCall(to)) return failed(start, 'destination_not_allowed');
  return { event: null, isWaiting: true, records: [start] };
}

function failed(start: FarAnswer['records'][number], reason: string): FarAnswer {
  return { event: 'failed', records: [start, { type: 'transfer.failed', detail: { reason } }] };
}
