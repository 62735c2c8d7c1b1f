/** Twilio's call statuses; `initiated` comes in callbacks only. */
export const CALL_STATUSES = [
  'queued',
  'initiated',
  'ringing',
  'in-progress',
  'completed',
  'busy',
  'failed',
  'no-answer',
  'canceled',
] as const;
export type CallStatus = (typeof CALL_STATUSES)[number];
export type TerminalStatus = 'completed' | 'busy' | 'failed' | 'no-answer' | 'canceled';

const TERMINAL_RANK = 4;
const RANKS: Readonly<Record<CallStatus, number>> = {
  queued: 0,
  initiated: 1,
  ringing: 2,
  'in-progress': 3,
  completed: TERMINAL_RANK,
  busy: TERMINAL_RANK,
  failed: TERMINAL_RANK,
  'no-answer': TERMINAL_RANK,
  canceled: TERMINAL_RANK,
};

export function isCallStatus(value: unknown): value is CallStatus {
  return typeof value === 'string' && Object.hasOwn(RANKS, value);
}

export function isTerminal(status: CallStatus): status is TerminalStatus {
  return RANKS[status] === TERMINAL_RANK;
}

/**
 * The status after one more report. Callbacks come late, twice and in any order: only a higher
 * rank moves, and the first terminal status stays.
 */
export function advance(current: CallStatus | null, incoming: CallStatus): CallStatus {
  return current === null || RANKS[incoming] > RANKS[current] ? incoming : current;
}
