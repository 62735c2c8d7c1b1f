import { initialState } from '../flow/state.ts';
import type { Effect, FlowInput } from '../flow/types.ts';
import type { CallbackUrls } from '../telephony/callback-url.ts';
import type { FormParams } from '../telephony/signature.ts';
import { isTerminal } from '../telephony/status.ts';
import { renderTwiml } from '../telephony/twiml.ts';
import { hangup } from '../telephony/twiml-answers.ts';
import { type FarEnds, stepThrough } from './far-ends.ts';
import type {
  SessionEvent,
  SessionSetup,
  SessionState,
  SessionStep,
  Utterance,
} from './session-types.ts';

/**
 * One turn of the conversation: what the caller did goes in, TwiML and what is to be recorded
 * come out. Pure; the caller of this function commits before it answers.
 */
export function takeTurn(input: {
  readonly setup: SessionSetup;
  readonly state: SessionState;
  readonly params: FormParams;
  readonly urls: CallbackUrls;
  readonly now: number;
  readonly ends: FarEnds;
}): SessionStep {
  const { setup, state, now } = input;
  if (isTerminal(state.status)) return unchanged(state, hangup());

  const before = state.flow ?? initialState(setup.flow, setup.variables, now);
  const heard = flowInput(state, input.params);
  const after = stepThrough(setup.flow, before, heard, now, input.ends);
  const nonce = state.nonce + 1;
  const next = { tenant: setup.tenantId, call: setup.callId, nonce: String(nonce) };
  const actionUrl = input.urls.turn(next);
  const spoken = renderTwiml({
    effects: after.effects,
    clips: setup.clips,
    audioBaseUrl: input.urls.audio(setup.tenantId),
    actionUrl,
    // Twilio hangs up where a document ends; a turn without a listener asks for the next one.
    redirectUrl: actionUrl,
    voice: setup.flow.settings.voice,
    language: setup.flow.settings.language,
  });
  const events = [
    ...flowEvents(after.effects, now),
    ...after.records.map((record) => ({ at: now, ...record })),
    ...speechEvents(spoken.spoken, now),
  ];
  return {
    state: {
      ...state,
      flow: after.state,
      nonce,
      outcome: lastOutcome(after.effects) ?? state.outcome,
      nextEvent: state.nextEvent + events.length,
    },
    reply: spoken.xml,
    events,
    utterances: after.effects.flatMap((effect) => utteranceOf(effect, now)),
    isSuppressed: after.effects.some((effect) => effect.type === 'suppress'),
  };
}

function unchanged(state: SessionState, reply: string): SessionStep {
  return { state, reply, events: [], utterances: [], isSuppressed: false };
}

/**
 * Twilio posts Digits or SpeechResult, and neither after a silence (actionOnEmptyResult). Where it
 * waited for detection, the first request says what answered.
 */
function flowInput(state: SessionState, params: FormParams): FlowInput {
  if (state.flow === null) {
    const isMachine = /^(?:machine_|fax)/.test(single(params.AnsweredBy));
    return isMachine ? { type: 'result', event: 'machine' } : { type: 'start' };
  }
  const digits = single(params.Digits);
  if (digits !== '') return { type: 'dtmf', digits };
  const text = single(params.SpeechResult);
  if (text === '') return { type: 'silence' };
  const confidence = Number.parseFloat(single(params.Confidence));
  return { type: 'speech', text, confidence: Number.isFinite(confidence) ? confidence : null };
}

export function single(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

function flowEvents(effects: readonly Effect[], at: number): SessionEvent[] {
  return effects.flatMap((effect) =>
    effect.type === 'event' ? [{ at, type: effect.event, detail: effect.detail }] : [],
  );
}

/** A live sentence is no fault; a made one that is missing is. */
function speechEvents(
  spoken: readonly { readonly via: 'play' | 'live' | 'fallback' }[],
  at: number,
): SessionEvent[] {
  const count = (via: string) => spoken.filter((sentence) => sentence.via === via).length;
  return [
    { type: 'tts.live', sentences: count('live') },
    { type: 'tts.fallback', sentences: count('fallback') },
  ].flatMap(({ type, sentences }) => (sentences > 0 ? [{ at, type, detail: { sentences } }] : []));
}

function utteranceOf(effect: Effect, at: number): Utterance[] {
  if (effect.type !== 'utterance') return [];
  const { node, input, text, confidence } = effect;
  return [{ turn: effect.id.turn, step: effect.id.index, node, input, text, confidence, at }];
}

function lastOutcome(effects: readonly Effect[]): string | null {
  const outcome = effects.findLast((effect) => effect.type === 'outcome');
  return outcome?.type === 'outcome' ? outcome.outcome : null;
}
