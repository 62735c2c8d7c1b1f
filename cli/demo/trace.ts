import type { LedgerCall } from './gather.ts';

const STEP_OF: Readonly<Record<string, string>> = {
  'vars.snapshot': '1 variables',
  'tts.generate.start': '2 speech',
  'tts.generate.done': '2 speech',
  'pacer.reserved': '3 dial',
  'twilio.dial.request': '3 dial',
  'twilio.dial.accepted': '4 SID',
  'call.finished': '5 ledger',
};

/** One call's history, a line an event, with the milliseconds since the first. */
export function traceLines(call: LedgerCall): string[] {
  const first = call.events[0]?.at ?? 0;
  return [
    `${call.id}  ${call.toNumber}  ${call.status}  ${call.outcome ?? '-'}`,
    ...call.events.map((event) => {
      const ms = `+${event.at - first} ms`.padStart(11);
      const step = (STEP_OF[event.type] ?? '').padEnd(11);
      return `${clock(event.at)} ${ms}  ${step} ${event.type.padEnd(21)} ${JSON.stringify(event.detail)}`;
    }),
  ];
}

export function clock(at: number): string {
  return new Date(at).toISOString().slice(11, 23);
}
