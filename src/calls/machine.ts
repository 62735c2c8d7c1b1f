import type { Flow } from '../flow/types.ts';
import { type FormParams, single } from '../telephony/signature.ts';
import { isTerminal } from '../telephony/status.ts';
import { hangup } from '../telephony/twiml-answers.ts';
import type { Turn } from './conversation.ts';
import type { FarRecord } from './far-ends.ts';
import { quietStep } from './quiet-step.ts';
import type { SessionState, SessionStep } from './session-types.ts';

/** What a call that nobody but a machine took is called. */
const VOICEMAIL = 'voicemail';

/** AnsweredBy of twilio.com/docs/voice/answering-machine-detection. */
export function isMachine(answeredBy: string): boolean {
  return /^(?:machine_|fax)/.test(answeredBy);
}

/** Whether the script says what to do with a machine, there or everywhere. */
export function hasMachineBranch({ settings, nodes }: Flow, node: string | null): boolean {
  if (settings.machine !== undefined) return true;
  const branches = node === null ? [] : (nodes[node]?.branches ?? []);
  return branches.some(({ triggers }) =>
    triggers.some((trigger) => trigger.type === 'event' && trigger.event === 'machine'),
  );
}

export function seenMachine(answeredBy: string, params: FormParams, isIgnored = false): FarRecord {
  const ms = Number.parseInt(single(params.MachineDetectionDuration), 10);
  return {
    type: 'twilio.amd',
    detail: { answeredBy, ms: Number.isInteger(ms) ? ms : null, isIgnored },
  };
}

/**
 * The verdict of a detection that ran beside the call. A person goes on undisturbed; a machine gets
 * a turn of its own, and the turn under way counts for nothing. After a key or words that meant
 * something, a machine is a mistake: noted, and ignored.
 */
export function takeVerdict(turn: Turn, params: FormParams): SessionStep {
  const { state, now } = turn;
  const answeredBy = single(params.AnsweredBy);
  const isIgnored = isMachine(answeredBy) && state.isPerson;
  const record = seenMachine(answeredBy, params, isIgnored);
  const next = { ...state, answeredBy: isIgnored ? 'human' : answeredBy };
  if (!isMachine(answeredBy) || isIgnored || isTerminal(state.status) || state.machine !== 'none') {
    return noted(next, record, now);
  }
  return noted({ ...next, machine: 'pending', nonce: state.nonce + 1 }, record, now);
}

/** No word is left on a machine that the script has none for. */
export function leaveMachine(
  { now }: Pick<Turn, 'now'>,
  state: SessionState,
  records: readonly FarRecord[],
): SessionStep {
  const events = [
    ...records.map((record) => ({ at: now, ...record })),
    { at: now, type: 'flow.outcome', detail: { outcome: VOICEMAIL } },
  ];
  const next = { ...state, nonce: state.nonce + 1, outcome: state.outcome ?? VOICEMAIL };
  return quietStep(next, events, hangup());
}

function noted(state: SessionState, record: FarRecord, at: number): SessionStep {
  return quietStep(state, [{ at, ...record }]);
}
