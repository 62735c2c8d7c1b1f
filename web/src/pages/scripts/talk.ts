import { type FlowState, initialState } from '../../../../src/flow/state.ts';
import { step } from '../../../../src/flow/step.ts';
import type { Effect, Flow, FlowInput, Variables } from '../../../../src/flow/types.ts';

/** A conversation with a script in the browser: the engine of the calls, without a phone. */
export type Talk = {
  readonly flow: Flow;
  readonly state: FlowState;
  readonly lines: readonly TalkLine[];
  /** What the engine waits for. */
  readonly waits: Extract<Effect, { type: 'listen' | 'transfer' | 'voicemail' | 'webhook' }> | null;
};
export type TalkLine = {
  readonly who: 'script' | 'caller' | 'note';
  readonly text: string;
};

export function beginTalk(flow: Flow, variables: Variables, now: number): Talk {
  const state = initialState(flow, variables, now);
  return react({ flow, state, lines: [], waits: null }, { type: 'start' }, now);
}

export function answer(talk: Talk, input: FlowInput, now: number): Talk {
  const said = { ...talk, lines: [...talk.lines, lineOf(input)] };
  return react(said, input, now);
}

/** Digits are keys, nothing is silence, anything else is spoken. */
export function readInput(text: string): FlowInput {
  if (text === '') return { type: 'silence' };
  if (/^[0-9*#]+$/.test(text)) return { type: 'dtmf', digits: text };
  return { type: 'speech', text, confidence: null };
}

function react(talk: Talk, input: FlowInput, now: number): Talk {
  const { state, effects } = step(talk.flow, talk.state, input, now);
  const waits = effects.find(
    (effect) =>
      effect.type === 'listen' ||
      effect.type === 'transfer' ||
      effect.type === 'voicemail' ||
      effect.type === 'webhook',
  );
  return {
    ...talk,
    state,
    lines: [...talk.lines, ...effects.flatMap(effectLines)],
    waits: state.isEnded ? null : ((waits as Talk['waits'] | undefined) ?? null),
  };
}

function lineOf(input: FlowInput): TalkLine {
  switch (input.type) {
    case 'speech':
      return { who: 'caller', text: input.text };
    case 'dtmf':
      return { who: 'caller', text: `Presses ${input.digits}` };
    case 'silence':
      return { who: 'caller', text: 'Says nothing' };
    case 'hangup':
      return { who: 'caller', text: 'Hangs up' };
    case 'result':
      return { who: 'note', text: `It went: ${input.event}` };
    case 'start':
      return { who: 'note', text: 'The call begins' };
  }
}

function effectLines(effect: Effect): readonly TalkLine[] {
  const note = (text: string): readonly TalkLine[] => [{ who: 'note', text }];
  switch (effect.type) {
    case 'say':
      return [{ who: 'script', text: effect.sentences.map(({ text }) => text).join(' ') }];
    case 'outcome':
      return note(`Outcome: ${effect.outcome}`);
    case 'suppress':
      return note('This number is never called again');
    case 'transfer':
      return note(`Is handed over to ${effect.to}`);
    case 'voicemail':
      return note('Leaves a message after the tone');
    case 'webhook':
      return note(`Asks ${effect.url}`);
    case 'sms':
      return note(`Text message: ${effect.text}`);
    case 'hangup':
      return note('The call is over');
    case 'event':
      return matchLines(effect);
    case 'pause':
    case 'listen':
    case 'utterance':
      return [];
  }
}

/** Why the engine went where it went. */
function matchLines({ event, detail }: Extract<Effect, { type: 'event' }>): readonly TalkLine[] {
  if (event === 'flow.match') {
    const score = typeof detail.score === 'number' ? `, score ${detail.score.toFixed(2)}` : '';
    return [{ who: 'note', text: `Matched, goes to [${detail.target}]${score}` }];
  }
  if (event === 'flow.no_match') return [{ who: 'note', text: 'Was not understood' }];
  if (event === 'flow.no_input') return [{ who: 'note', text: 'Heard nothing' }];
  return [];
}
