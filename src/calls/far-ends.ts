import type { FlowState } from '../flow/state.ts';
import { step } from '../flow/step.ts';
import type { Effect, Flow, FlowEventName, FlowInput, Value } from '../flow/types.ts';

export type FarAction = Extract<
  Effect,
  { readonly type: 'transfer' | 'voicemail' | 'webhook' | 'sms' }
>;
export type FarRecord = {
  readonly type: string;
  readonly detail: Readonly<Record<string, Value>>;
};
/**
 * What became of an action at once. `event` null: the talk goes on (a text), or, with `isWaiting`,
 * stands still until the far end has answered.
 */
export type FarAnswer = {
  readonly event: FlowEventName | null;
  readonly isWaiting?: true;
  readonly records: readonly FarRecord[];
};
/** Agents, recordings, messages and other people's servers, as one call meets them. */
export type FarEnds = { readonly answer: (action: FarAction) => FarAnswer };

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
  readonly records: readonly FarRecord[];
  /** The action that the call waits for now. */
  readonly waiting: FarAction | null;
} {
  const effects: Effect[] = [];
  const records: FarRecord[] = [];
  let state = before;
  let waiting: FarAction | null = null;
  for (let input: FlowInput | null = first; input !== null; ) {
    const after = step(flow, state, input, now);
    state = after.state;
    effects.push(...after.effects);
    input = null;
    for (const action of after.effects.filter(isFar)) {
      const answer = ends.answer(action);
      records.push(...answer.records);
      if (answer.isWaiting) waiting = action;
      else if (answer.event !== null) input = { type: 'result', event: answer.event };
    }
  }
  return { state, effects, records, waiting };
}

function isFar(effect: Effect): effect is FarAction {
  return ['transfer', 'voicemail', 'webhook', 'sms'].includes(effect.type);
}
