import type { FarEnds } from '../calls/far-ends.ts';
import { stepThrough } from '../calls/far-ends.ts';
import type { FlowState } from '../flow/state.ts';
import type { Effect, Flow, FlowInput } from '../flow/types.ts';
import { splitText } from '../shared/split-text.ts';

/** "The full text, up to 1600 characters" (twilio.com/docs/messaging/api/message-resource). */
const BODY_CHARS_MAX = 1600;

export type TextTurn = {
  /** Null: nobody reads it any more. */
  readonly state: FlowState | null;
  /** What is to be sent, in order. */
  readonly texts: readonly string[];
  readonly events: readonly {
    readonly type: string;
    readonly detail: Readonly<Record<string, unknown>>;
  }[];
  readonly outcome: string | null;
  readonly isSuppressed: boolean;
  readonly isOver: boolean;
};

/** What has no voice cannot be done by text: the action fails at once, and its branch is taken. */
const TEXT_ENDS: FarEnds = {
  answer: ({ type }) => {
    if (type === 'sms') return { event: null, records: [] };
    const event = type === 'transfer' ? 'failed' : type === 'voicemail' ? 'no-input' : 'error';
    return { event, records: [{ type: `${type}.failed`, detail: { reason: 'not_by_text' } }] };
  },
};

/** One turn of a conversation by text. Pure; the caller commits before anything is sent. */
export function textTurn(flow: Flow, state: FlowState, input: FlowInput, now: number): TextTurn {
  const after = stepThrough(flow, state, input, now, TEXT_ENDS);
  const outcome = after.effects.findLast((effect) => effect.type === 'outcome');
  return {
    state: after.state,
    texts: textsOf(after.effects),
    events: [
      ...after.records,
      ...after.effects.flatMap((effect) =>
        effect.type === 'event' ? [{ type: effect.event, detail: effect.detail }] : [],
      ),
    ],
    outcome: outcome?.type === 'outcome' ? outcome.outcome : null,
    isSuppressed: after.effects.some(({ type }) => type === 'suppress'),
    isOver: after.state.isEnded,
  };
}

/** What a node says is one text; an `@sms` beside it is another. */
function textsOf(effects: readonly Effect[]): string[] {
  const texts: string[] = [];
  let said: string[] = [];
  const flush = () => {
    if (said.length > 0) texts.push(said.join(' '));
    said = [];
  };
  for (const effect of effects) {
    if (effect.type === 'say') said.push(...effect.sentences.map(({ text }) => text));
    if (effect.type !== 'sms') continue;
    flush();
    texts.push(effect.text);
  }
  flush();
  return texts.flatMap((text) => splitText(text, (piece) => piece.length <= BODY_CHARS_MAX));
}

/** Digits alone are keys: "1" answers "press 1". */
export function textInput(body: string): FlowInput {
  const text = body.trim();
  if (text === '') return { type: 'silence' };
  return /^[\d*#]+$/.test(text)
    ? { type: 'dtmf', digits: text }
    : { type: 'speech', text, confidence: null };
}
