import type { RecipePart } from '../audio/recipe.ts';
import type { CallEvent } from '../db/event-store.ts';
import type { FlowState } from '../flow/state.ts';
import type { Flow, Value, Variables } from '../flow/types.ts';
import type { FormParams } from '../telephony/signature.ts';
import type { CallStatus } from '../telephony/status.ts';
import type { AgentRoom } from './agent-room.ts';
import type { FarAction } from './far-ends.ts';
import type { CallRecording } from './recording-notice.ts';

/** Everything a call needs from first webhook to last, given to its session before its first. */
export type SessionSetup = {
  readonly tenantId: string;
  readonly callId: string;
  readonly accountSid: string;
  /** The account's auth token, sealed; verifies this call's webhooks. */
  readonly tokenSealed: string;
  readonly flow: Flow;
  readonly variables: Variables;
  /** The audio of every sentence that was made ahead, by its text. */
  readonly clips: Readonly<Record<string, RecipePart>>;
  /** Our own number in this call: whom a caller is handed to sees it. */
  readonly ownNumber: string;
  /** Where the tenant may call, and so whom a caller may be handed to. */
  readonly callingCodes: readonly string[];
  /** Answers a phone that asks who is calling. */
  readonly screeningText: string;
  /** Who was called; a call that came in has its caller in `inbound`. */
  readonly peer?: { readonly number: string; readonly contactId: string | null };
  /** Unset: not recorded. */
  readonly recording?: CallRecording;
  /** Set for a call that came in: nobody wrote it into the ledger before. */
  readonly inbound?: InboundCall;
};

/**
 * A setup as it travels and is kept: a text passes between Worker and object for a tenth of what its
 * objects cost, and the object stores it as it came.
 */
export type SetupText = { readonly json: string };

export const packSetup = (setup: SessionSetup): SetupText => ({ json: JSON.stringify(setup) });

/** The ledger's row of a call that came in, E.164 numbers and epoch ms. */
export type InboundCall = {
  readonly fromNumber: string;
  readonly scriptId: string;
  readonly scriptVersion: number;
  readonly contactId: string | null;
  readonly createdAt: number;
};

/** An action of the script that stands at its far end. */
export type Waiting = {
  readonly action: FarAction;
  /** When the person the caller is handed to picked up. */
  readonly answeredAt: number | null;
  /** When the script's webhook was asked: never a second time. */
  readonly askedAt: number | null;
  /** Where he waits for an agent, and talks with him. */
  readonly room: AgentRoom | null;
};

/** Where one call stands; the newest webhook row holds the newest state. */
export type SessionState = {
  readonly flow: FlowState | null;
  /** Nonce of the turn that is expected next; older ones were answered already. */
  readonly nonce: number;
  readonly status: CallStatus;
  readonly twilioSid: string | null;
  readonly outcome: string | null;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly durationSeconds: number | null;
  readonly errorCode: string | null;
  /** Next free number of this session's own events. */
  readonly nextEvent: number;
  readonly waiting: Waiting | null;
  /** What the carrier took the answering party for, in its own words. */
  readonly answeredBy: string | null;
  /** A key or words that meant something: no machine did that, whatever the detection says later. */
  readonly isPerson: boolean;
  /** `pending`: a machine was detected, and its turn has been asked for. */
  readonly machine: 'none' | 'pending' | 'taken';
  /** How often a phone has asked who is calling. */
  readonly screened: number;
  /** Grows with all that the tenant's desk has to know. */
  readonly deskRevision: number;
};

export const NEW_SESSION: SessionState = {
  flow: null,
  nonce: 0,
  status: 'queued',
  twilioSid: null,
  outcome: null,
  answeredAt: null,
  endedAt: null,
  durationSeconds: null,
  errorCode: null,
  nextEvent: 0,
  waiting: null,
  answeredBy: null,
  isPerson: false,
  machine: 'none',
  screened: 0,
  deskRevision: 0,
};

/** Ends an attempt that the carrier's own listing did not show; the call may yet be heard of. */
export const NEVER_PLACED = 'never_placed';
/** The carrier gave a SID and knows nothing of it since: there was a call perhaps. */
export const LOST_AT_CARRIER = 'lost_at_carrier';

export type SessionEvent = Omit<CallEvent, 'source' | 'n'>;

export type Utterance = {
  readonly turn: number;
  readonly step: number;
  readonly node: string;
  readonly input: 'speech' | 'dtmf';
  readonly text: string;
  readonly confidence: number | null;
  readonly at: number;
};

/** What came of the dial: a call, no call for a reason, or nobody knows yet (`end: null`). */
export type DialOutcome =
  | { readonly sid: string }
  | { readonly end: 'failed' | 'canceled'; readonly errorCode: string }
  | { readonly end: null };

/** What the carrier said of a recording, of the call or of a message left after the tone. */
export type RecordingNote = {
  readonly sid: string;
  readonly source: 'call' | 'voicemail';
  readonly status: 'completed' | 'absent' | 'failed';
  /** As the carrier gave it; to be checked before it is asked. */
  readonly url: string;
  readonly durationSeconds: number | null;
  readonly channels: number | null;
  readonly errorCode: string | null;
  readonly at: number;
};

/** A text that the script sends in the middle of the call; its id follows from call, turn and place. */
export type CallText = { readonly id: string; readonly body: string };

/** What one webhook led to, committed in one row before it is answered. */
export type SessionStep = {
  readonly state: SessionState;
  readonly reply: string;
  readonly events: readonly SessionEvent[];
  readonly utterances: readonly Utterance[];
  /** The caller asked never to be called again. */
  readonly isSuppressed: boolean;
  readonly recordings: readonly RecordingNote[];
  readonly texts: readonly CallText[];
};

/** What the ledger keeps of where a call stands. */
export type CallSummary = Pick<
  SessionState,
  | 'status'
  | 'twilioSid'
  | 'outcome'
  | 'answeredAt'
  | 'endedAt'
  | 'durationSeconds'
  | 'errorCode'
  | 'answeredBy'
> & { readonly turns: number };

/** What a session tells the ledger; `upTo` orders reports, so an older one changes nothing. */
export type LedgerReport = {
  readonly tenantId: string;
  readonly callId: string;
  readonly upTo: number;
  readonly events: readonly CallEvent[];
  readonly utterances: readonly Utterance[];
  readonly isSuppressed: boolean;
  readonly recordings: readonly RecordingNote[];
  readonly texts: readonly CallText[];
  readonly call: CallSummary;
  /** Whom the ledger has to open a row for: a call that came in. */
  readonly inbound:
    | (InboundCall & { readonly toNumber: string; readonly variables: Variables })
    | null;
};

export type WebhookKind =
  | { readonly type: 'turn' | 'fetch'; readonly nonce: number }
  | { readonly type: 'status' | 'amd' | 'recording' | 'leg' | 'room' };

/** A request of the carrier as its signature covers it. */
export type SignedAsking = Omit<SessionWebhook, 'kind'>;

export type SessionWebhook = {
  readonly kind: WebhookKind;
  /** PUBLIC_BASE_URL with the path and query that were asked for. */
  readonly url: string;
  readonly params: FormParams;
  readonly signature: string | null;
  /** Prompts cannot be fetched at the moment: the carrier speaks. */
  readonly isAudioAway?: boolean;
};

export type SessionReply =
  | {
      readonly type: 'answered';
      readonly xml: string;
      /** The live call has to be sent to this turn: what it does now is of no use any more. */
      readonly redirect?: Redirection;
    }
  /** The script's own webhook is to be asked, and its answer told with `fetched`. */
  | { readonly type: 'fetch'; readonly action: Extract<FarAction, { type: 'webhook' }> }
  | { readonly type: 'forbidden' }
  | { readonly type: 'unknown_call' };

export type Redirection = { readonly sid: string; readonly nonce: number };

/** What came of asking a script's webhook. */
export type FetchedReply =
  | { readonly event: 'ok'; readonly data: Readonly<Record<string, Value>>; readonly ms: number }
  | { readonly event: 'error'; readonly reason: string; readonly ms: number };
