import { renderSentence } from './sentences.ts';
import type { FlowState } from './state.ts';
import type { Effect, Flow, FlowLedgerEvent, Sentence, Value, Variables } from './types.ts';

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** One step being worked out: the state so far and the effects so far. */
export type Run = {
  readonly flow: Flow;
  readonly turn: number;
  readonly now: number;
  readonly effects: Effect[];
  state: FlowState;
  nodesEntered: number;
};

export function startRun(flow: Flow, state: FlowState, now: number): Run {
  return {
    flow,
    turn: state.turn,
    now,
    effects: [],
    state: { ...state, turn: state.turn + 1 },
    nodesEntered: 0,
  };
}

export function update(run: Run, change: Partial<FlowState>): void {
  run.state = { ...run.state, ...change };
}

/** The cast rejoins what `WithoutId` took apart; TypeScript does not follow a spread of a union. */
export function emit(run: Run, effect: WithoutId<Effect>): void {
  run.effects.push({ ...effect, id: { turn: run.turn, index: run.effects.length } } as Effect);
}

export function record(
  run: Run,
  event: FlowLedgerEvent,
  detail: Readonly<Record<string, Value>>,
): void {
  emit(run, { type: 'event', event, detail });
}

export function say(run: Run, sentences: readonly Sentence[], variables: Variables): void {
  const spoken = sentences
    .map((sentence) => ({ text: renderSentence(sentence, variables).text, kind: sentence.kind }))
    .filter(({ text }) => text !== '');
  if (spoken.length > 0) emit(run, { type: 'say', sentences: spoken });
}

export function setOutcome(run: Run, outcome: string): void {
  update(run, { outcome });
  record(run, 'flow.outcome', { outcome });
  emit(run, { type: 'outcome', outcome });
}

export function hangUp(run: Run): void {
  update(run, { isEnded: true });
  emit(run, { type: 'hangup' });
}

/** A call that cannot go on still ends with words. An outcome the caller gave is kept. */
export function sayGoodbye(run: Run): void {
  say(run, run.flow.settings.texts.goodbye, run.state.variables);
  if (run.state.outcome === null) setOutcome(run, 'no_response');
  hangUp(run);
}
