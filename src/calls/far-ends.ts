import type { FlowState } from '../flow/state.ts';
import { step } from '../flow/step.ts';
import type { Effect, Flow, FlowEventName, FlowInput, Value } from '../flow/types.ts';

export type FarAction = Extract<
  Effect,
  { readonly type: 'transfer' | 'voicemail' | 'webhook' | 'sms' }
>;
/** What became of an action: the flow's event (none follows a text), and what the ledger is told. */
export type FarAnswer = {
  readonly event: FlowEventName | null;
  readonly data?: Readonly<Record<string, Value>>;
  readonly record: {
    readonly type: string;
    readonly detail: Readonly<Record<string, Value>>;
  };
};
/** Agents, recordings, messages and other people's servers, as one call meets them. */
export type FarEnds = { readonly answer: (action: FarAction) => FarAnswer };

const ABSENT: Readonly<Record<FarAction['type'], readonly [FlowEventName | null, string]>> = {
  transfer: ['failed', 'transfer.failed'],
  voicemail: ['no-input', 'recording.failed'],
  webhook: ['error', 'webhook.failed'],
  sms: [null, 'sms.failed'],
};

/** While nobody stands at the other end, every action fails at once and its branch is taken. */
export const ABSENT_ENDS: FarEnds = {
  answer: ({ type }) => {
    const [event, record] = ABSENT[type];
    return { event, record: { type: record, detail: { reason: 'not_available' } } };
  },
};

/**
 * Takes a step, and further ones while an action was answered on the spot. The flow's limit of
 * turns ends a script that tries the same action for ever.
 */
export function stepThrough(
  flow: Flow,
  before: FlowState,
  first: FlowInput,
  now: number,
  ends: FarEnds,
): {
  readonly state: FlowState;
  readonly effects: readonly Effect[];
  readonly records: readonly FarAnswer['record'][];
} {
  const effects: Effect[] = [];
  const records: FarAnswer['record'][] = [];
  let state = before;
  for (let input: FlowInput | null = first; input !== null; ) {
    const after = step(flow, state, input, now);
    state = after.state;
    effects.push(...after.effects);
    const answers = after.effects.filter(isFar).map((action) => ends.answer(action));
    records.push(...answers.map(({ record }) => record));
    input = resultOf(answers);
  }
  return { state, effects, records };
}

function isFar(effect: Effect): effect is FarAction {
  return Object.hasOwn(ABSENT, effect.type);
}

function resultOf(answers: readonly FarAnswer[]): FlowInput | null {
  for (const { event, data } of answers) {
    if (event !== null) return { type: 'result', event, ...(data === undefined ? {} : { data }) };
  }
  return null;
}
