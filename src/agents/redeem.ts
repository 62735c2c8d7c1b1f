import type { DeskState, Listener, Transfer } from './desk-state.ts';

export type Redeemed =
  | { readonly kind: 'agent'; readonly transfer: Transfer; readonly agentId: string }
  | { readonly kind: 'listener'; readonly transfer: Transfer; readonly listener: Listener };

/**
 * Who comes with this ticket, in the call `sid`: a ticket is good for one call, whose webhook may
 * come again. Null for one that is wrong, spent or too old.
 */
export function redeem(
  state: DeskState,
  ticket: string,
  sid: string,
  now: number,
): { readonly state: DeskState; readonly redeemed: Redeemed } | null {
  for (const before of Object.values(state.transfers)) {
    const { taker } = before;
    if (taker?.ticket === ticket && isFree(taker.sid, sid)) {
      const transfer = { ...before, taker: { ...taker, sid } };
      const redeemed = { kind: 'agent', transfer, agentId: taker.agentId } as const;
      return { state: put(state, transfer), redeemed };
    }
    const known = before.listeners.find((one) => one.ticket === ticket);
    if (known !== undefined && isFree(known.sid, sid) && known.expiresAt > now) {
      const listener = { ...known, sid };
      const listeners = before.listeners.map((one) => (one === known ? listener : one));
      const transfer = { ...before, listeners };
      return { state: put(state, transfer), redeemed: { kind: 'listener', transfer, listener } };
    }
  }
  return null;
}

function isFree(holder: string | null, sid: string): boolean {
  return sid !== '' && (holder === null || holder === sid);
}

function put(state: DeskState, transfer: Transfer): DeskState {
  return { ...state, transfers: { ...state.transfers, [transfer.callId]: transfer } };
}
