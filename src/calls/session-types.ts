import type { RecipePart } from '../audio/recipe.ts';
import type { CallEvent } from '../db/event-store.ts';
import type { FlowState } from '../flow/state.ts';
import type { Flow, Variables } from '../flow/types.ts';
import type { FormParams } from '../telephony/signature.ts';
import type { CallStatus } from '../telephony/status.ts';

/** Everything a call needs from first webhook to last, given to its session before the dial. */
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

/** What one webhook led to, committed in one row before it is answered. */
export type SessionStep = {
  readonly state: SessionState;
  readonly reply: string;
  readonly events: readonly SessionEvent[];
  readonly utterances: readonly Utterance[];
  /** The caller asked never to be called again. */
  readonly isSuppressed: boolean;
};

/** What a session tells the ledger; `upTo` orders reports, so an older one changes nothing. */
export type LedgerReport = {
  readonly tenantId: string;
  readonly callId: string;
  readonly upTo: number;
  readonly events: readonly CallEvent[];
  readonly utterances: readonly Utterance[];
  readonly isSuppressed: boolean;
  readonly call: Omit<SessionState, 'flow' | 'nonce' | 'nextEvent'> & { readonly turns: number };
};

export type SessionWebhook = {
  readonly kind: { readonly type: 'turn'; readonly nonce: number } | { readonly type: 'status' };
  /** PUBLIC_BASE_URL with the path and query that were asked for. */
  readonly url: string;
  readonly params: FormParams;
  readonly signature: string | null;
};

export type SessionReply =
  | { readonly type: 'answered'; readonly xml: string }
  | { readonly type: 'forbidden' }
  | { readonly type: 'unknown_call' };
