import type { FlowState } from '../flow/state.ts';
import { initialState } from '../flow/state.ts';
import { step } from '../flow/step.ts';
import type { Effect, Flow, FlowInput, Value } from '../flow/types.ts';
import type { TestAst, TestStepAst } from './ast.ts';

export type TestFailure = { readonly line: number; readonly message: string };
export type TestOutcome = {
  readonly name: string;
  /** Null: passed. A test ends at its first failure. */
  readonly failure: TestFailure | null;
};

/** A Wednesday, so that tests which ask for a day or for opening hours say the same every day. */
export const TEST_START_MS = Date.UTC(2026, 10, 18, 15);
const STEP_MS = 5000;

/** Plays the tests of a script against its flow, each as a conversation of its own. */
export function runTests(
  flow: Flow,
  tests: readonly TestAst[],
  now = TEST_START_MS,
): readonly TestOutcome[] {
  return tests.map((test) => ({ name: test.name, failure: runTest(flow, test, now) }));
}

/** `heard` is what was said since the caller's last turn, or since the start. */
type Play = {
  readonly flow: Flow;
  readonly variables: Record<string, Value>;
  now: number;
  state: FlowState | null;
  heard: string;
};

function runTest(flow: Flow, { steps }: TestAst, now: number): TestFailure | null {
  const play: Play = { flow, variables: {}, now, state: null, heard: '' };
  for (const { step: one, line } of steps) {
    const message = take(play, one);
    if (message !== null) return { line, message };
  }
  return null;
}

/** What is wrong, or null. */
function take(play: Play, one: TestStepAst): string | null {
  if (one.type === 'with') {
    if (play.state !== null) return '`with` comes before anything is said.';
    play.variables[one.path] = one.value;
    return null;
  }
  if (play.state === null) {
    play.state = initialState(play.flow, play.variables, play.now);
    // What a machine says comes before the first prompt.
    if (one.type !== 'machine') give(play, { type: 'start' });
  }
  const input = inputOf(one);
  if (input === null) return check(play, one);
  if (play.state?.isEnded) return 'The conversation had ended before this line.';
  give(play, input);
  return null;
}

function inputOf(one: TestStepAst): FlowInput | null {
  switch (one.type) {
    case 'caller':
      return { type: 'speech', text: one.text, confidence: null };
    case 'presses':
      return { type: 'dtmf', digits: one.keys };
    case 'silent':
      return { type: 'silence' };
    case 'hangs up':
      return { type: 'hangup' };
    case 'machine':
      return { type: 'result', event: 'machine' };
    case 'result':
      return { type: 'result', event: one.event, data: one.data };
    default:
      return null;
  }
}

function give(play: Play, input: FlowInput): void {
  if (play.state === null) return;
  const { state, effects } = step(play.flow, play.state, input, play.now);
  play.state = state;
  play.now += STEP_MS;
  play.heard = effects.flatMap(wordsOf).join(' ');
}

function wordsOf(effect: Effect): readonly string[] {
  if (effect.type === 'sms') return [effect.text];
  return effect.type === 'say' ? effect.sentences.map(({ text }) => text) : [];
}

function check({ state, heard }: Play, one: TestStepAst): string | null {
  if (state === null) return null;
  switch (one.type) {
    case 'says':
      return plain(heard).includes(plain(one.text))
        ? null
        : `Expected to hear "${one.text}", but heard "${heard}".`;
    case 'at':
      return state.node === one.node
        ? null
        : `Expected to be at \`${one.node}\`, but was at \`${state.node}\`.`;
    case 'outcome':
      return state.outcome === one.outcome
        ? null
        : `Expected the outcome \`${one.outcome}\`, but it was ${state.outcome === null ? 'none' : `\`${state.outcome}\``}.`;
    case 'ends':
      return state.isEnded ? null : `The conversation has not ended: it is at \`${state.node}\`.`;
    default:
      return null;
  }
}

/** Capitals, curly quotes and line breaks make no difference to what is heard. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\s+/g, ' ')
    .trim();
}
