import { type FlowState, initialState } from './state.ts';
import { step } from './step.ts';
import type { Effect, Flow, FlowInput, Variables } from './types.ts';

export const START_MS = 1_795_000_000_000;

/** Words are speech, digits are keys, an empty text is silence. */
export function inputOf(text: string): FlowInput {
  if (text === '') return { type: 'silence' };
  if (/^[0-9*#]+$/.test(text)) return { type: 'dtmf', digits: text };
  return { type: 'speech', text, confidence: 0.9 };
}

/** Starts a conversation, gives it the inputs and returns what the last one caused. */
export function talk(
  flow: Flow,
  inputs: readonly (string | FlowInput)[],
  variables: Variables = {},
): { readonly state: FlowState; readonly effects: readonly Effect[]; readonly lines: string[] } {
  let now = START_MS;
  let result = step(flow, initialState(flow, variables, now), { type: 'start' }, now);
  for (const input of inputs) {
    now += 5000;
    result = step(flow, result.state, typeof input === 'string' ? inputOf(input) : input, now);
  }
  return { ...result, lines: result.effects.flatMap(lineOf) };
}

/** One effect as a test reads it; ledger events and utterances are left to tests of their own. */
function lineOf(effect: Effect): readonly string[] {
  switch (effect.type) {
    case 'say':
      return [effect.sentences.map(({ text }) => text).join(' ')];
    case 'outcome':
      return [`#${effect.outcome}`];
    case 'pause':
      return [`pause ${effect.ms}`];
    case 'listen':
    case 'hangup':
    case 'suppress':
      return [effect.type];
    case 'transfer':
      return [`transfer ${effect.to} ${effect.timeoutMs}`];
    case 'voicemail':
      return [`voicemail ${effect.maxMs}`];
    case 'webhook':
      return [`webhook ${effect.method} ${effect.url} ${JSON.stringify(effect.values)}`];
    case 'sms':
      return [`sms ${effect.text}`];
    case 'event':
    case 'utterance':
      return [];
  }
}
