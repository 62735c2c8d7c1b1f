import type { RecipePart } from '../audio/recipe.ts';
import { initialState } from '../flow/state.ts';
import type { Effect, Flow, FlowInput } from '../flow/types.ts';
import { isAllowedDestination } from '../shared/destination.ts';
import type { CallbackUrls } from '../telephony/callback-url.ts';
import { renderTwiml, type Twiml } from '../telephony/twiml.ts';
import { CALLER_LABEL, isForAgents, newRoom, roomName, withoutTalk } from './agent-room.ts';
import type { FarAction, FarRecord } from './far-ends.ts';
import { stepThrough } from './far-ends.ts';
import type {
  CallText,
  SessionEvent,
  SessionSetup,
  SessionState,
  SessionStep,
  Utterance,
} from './session-types.ts';
import { voiceEnds } from './voice-ends.ts';

/** What a caller hears while a script's webhook is asked and its author wrote no words for it. */
const ONE_MOMENT: Readonly<Record<string, string>> = { en: 'One moment, please.' };

export type Turn = {
  readonly setup: SessionSetup;
  readonly state: SessionState;
  readonly urls: CallbackUrls;
  readonly now: number;
  /** The first of its call: here its recording begins. */
  readonly isOpening?: boolean;
};

/**
 * One turn of the conversation: what happened goes in, TwiML and what is to be recorded come out.
 * `records` tell what became of the action that was waited for; `before` is spoken first.
 */
export function converse(
  { setup, state, urls, now, isOpening = false }: Turn,
  input: FlowInput,
  records: readonly FarRecord[] = [],
  before: readonly Effect[] = [],
): SessionStep {
  const { flow } = setup;
  const start = withoutTalk(state, now) ?? initialState(flow, setup.variables, now);
  const mayCall = (e164: string) => isAllowedDestination(e164, setup.callingCodes);
  const after = stepThrough(flow, start, input, now, voiceEnds({ mayCall }));
  const effects = [...before, ...after.effects];
  const nonce = state.nonce + 1;
  const isAtDesk = isForAgents(after.waiting) || state.waiting?.room != null;
  const spoken = speak({ setup, urls, nonce, isOpening }, effects, after.waiting);
  const events = [
    ...[...records, ...(isOpening ? openingRecords(setup) : []), ...after.records].map(
      (record) => ({ at: now, ...record }),
    ),
    ...flowEvents(effects, now),
    ...speechEvents(spoken.spoken, now),
  ];
  return {
    state: {
      ...state,
      flow: after.state,
      nonce,
      outcome: lastOutcome(effects) ?? state.outcome,
      nextEvent: state.nextEvent + events.length,
      waiting: waitingFor({ setup, now }, after.waiting, nonce, after.state.node),
      deskRevision: state.deskRevision + (isAtDesk ? 1 : 0),
      isPerson: state.isPerson || effects.some(isMeant),
    },
    reply: spoken.xml,
    events,
    utterances: effects.flatMap((effect) => utteranceOf(effect, now)),
    isSuppressed: effects.some((effect) => effect.type === 'suppress'),
    recordings: [],
    texts: effects.flatMap((effect) => textOf(effect, setup.callId)),
  };
}

function waitingFor(
  turn: Pick<Turn, 'setup' | 'now'>,
  action: FarAction | null,
  nonce: number,
  node: string,
): SessionState['waiting'] {
  if (action === null) return null;
  const room = isForAgents(action) ? newRoom(turn, action.timeoutMs, nonce, node) : null;
  return { action, answeredAt: null, askedAt: null, room };
}

function speak(
  {
    setup,
    urls,
    nonce,
    isOpening,
  }: Pick<Turn, 'setup' | 'urls'> & { readonly nonce: number; readonly isOpening: boolean },
  effects: readonly Effect[],
  waiting: FarAction | null,
): Twiml {
  const ref = { tenant: setup.tenantId, call: setup.callId };
  const next = { ...ref, nonce: String(nonce) };
  const actionUrl = urls.turn(next);
  const { voice, language } = setup.flow.settings;
  const links = {
    callerId: setup.ownNumber,
    legUrl: urls.of('leg', ref),
    recordingUrl: urls.of('recording', ref),
    fetchUrl: urls.fetch(next),
    room: {
      name: roomName(setup, nonce),
      label: CALLER_LABEL,
      waitUrl: urls.of('wait', ref),
      callbackUrl: urls.of('room', ref),
    },
  };
  const isFar = waiting !== null && waiting.type !== 'sms';
  return renderTwiml({
    effects: waiting?.type === 'webhook' ? withFiller(effects, setup.flow) : effects,
    clips: setup.clips satisfies Readonly<Record<string, RecipePart>>,
    audioBaseUrl: urls.audio(setup.tenantId),
    actionUrl,
    // Twilio hangs up where a document ends; a turn without a listener asks for the next one.
    redirectUrl: actionUrl,
    ...{ voice, language },
    ...(isFar ? { far: { action: waiting, links } } : {}),
    ...(isOpening ? openingOf(setup, links.recordingUrl) : {}),
  });
}

function openingOf({ recording }: SessionSetup, callbackUrl: string) {
  if (recording === undefined || 'skipped' in recording) return {};
  return { recording: { notice: recording.notice, callbackUrl } };
}

function openingRecords({ recording }: SessionSetup): FarRecord[] {
  if (recording === undefined) return [];
  if ('notice' in recording) return [{ type: 'recording.started', detail: {} }];
  return [{ type: 'recording.skipped', detail: { reason: recording.skipped } }];
}

/** A caller never waits in silence for somebody else's server. */
function withFiller(effects: readonly Effect[], { settings }: Flow): readonly Effect[] {
  const text = ONE_MOMENT[settings.language.split('-')[0] ?? ''];
  if (text === undefined || effects.some(({ type }) => type === 'say')) return effects;
  return [saysLive(text), ...effects];
}

/** Words that no script wrote, in the script's voice. */
export function saysLive(text: string): Effect {
  return { type: 'say', id: { turn: -1, index: 0 }, sentences: [{ text, kind: 'live' }] };
}

/** Words or a key that the script understood. */
function isMeant(effect: Effect): boolean {
  return (
    effect.type === 'event' && (effect.event === 'flow.match' || effect.event === 'flow.capture')
  );
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

/** The same text has the same id, whoever works the turn out. */
function textOf(effect: Effect, callId: string): CallText[] {
  if (effect.type !== 'sms') return [];
  const { turn, index } = effect.id;
  return [{ id: `msg_${callId.replace(/^call_/, '')}_${turn}_${index}`, body: effect.text }];
}

function lastOutcome(effects: readonly Effect[]): string | null {
  const outcome = effects.findLast((effect) => effect.type === 'outcome');
  return outcome?.type === 'outcome' ? outcome.outcome : null;
}
