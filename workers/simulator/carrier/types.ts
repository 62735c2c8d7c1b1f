import type { Ringing } from '../callee/persona.ts';
import type { Method, RecordingCallback } from '../twiml/ast.ts';

export type CallStatus =
  | 'queued'
  | 'initiated'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'failed'
  | 'no-answer'
  | 'canceled';

const TERMINAL: ReadonlySet<CallStatus> = new Set([
  'completed',
  'busy',
  'failed',
  'no-answer',
  'canceled',
]);

export function isTerminal(status: CallStatus): boolean {
  return TERMINAL.has(status);
}

export type CallbackEvent = 'initiated' | 'ringing' | 'answered' | 'completed';

/** What the application asked for when it created the call. */
export type CallRequest = {
  readonly to: string;
  readonly from: string;
  readonly url: string | undefined;
  readonly method: Method;
  readonly twiml: string | undefined;
  readonly fallbackUrl: string | undefined;
  readonly fallbackMethod: Method;
  readonly statusCallback: string | undefined;
  readonly statusCallbackMethod: Method;
  readonly statusCallbackEvents: readonly CallbackEvent[];
  readonly timeoutSeconds: number;
  readonly timeLimitSeconds: number;
  readonly machineDetection: MachineDetection | undefined;
  /** The whole call is recorded, as the application asked when it created it. */
  readonly record:
    | { readonly channels: 1 | 2; readonly callback: RecordingCallback | undefined }
    | undefined;
  readonly direction: 'outbound-api' | 'inbound';
  /** What a page of ours said with its call; part of the first request only. */
  readonly clientParams?: Readonly<Record<string, string>>;
};

export type MachineDetection = {
  readonly mode: 'Enable' | 'DetectMessageEnd';
  readonly timeoutSeconds: number;
  /** Set: the call goes on meanwhile, and the verdict is told here. */
  readonly asyncCallback: { readonly url: string; readonly method: Method } | undefined;
};

/** Everything a call leg needs to run without asking anyone. */
export type CallSpec = CallRequest & {
  readonly callSid: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly scale: number;
  readonly seed: string;
  readonly ringing: Ringing;
  readonly useAudioCache: boolean;
  /** Cancelled while it waited for its turn: nothing is dialled, only the callback goes out. */
  readonly isCanceled: boolean;
};

export type CallCommand =
  | { readonly kind: 'cancel' }
  | { readonly kind: 'hang-up' }
  | { readonly kind: 'redirect'; readonly url: string; readonly method: Method }
  | { readonly kind: 'twiml'; readonly twiml: string }
  /** What became of the room that the call sits in. */
  | { readonly kind: 'room'; readonly view: RoomView };

/** A conference as one of its participants lives it. */
export type RoomView = {
  readonly conferenceSid: string;
  readonly state: 'waiting' | 'live' | 'held' | 'over';
  /** What it hears while it waits or is held; null: silence. */
  readonly music: { readonly url: string; readonly method: Method } | null;
};

export type CallPatch = {
  readonly status?: CallStatus;
  readonly answeredAt?: number;
  readonly endedAt?: number;
  readonly durationSeconds?: number;
};

export type LogEntry = {
  readonly at: number;
  readonly callSid: string | null;
  readonly kind: string;
  readonly ms: number | null;
  readonly detail: Readonly<Record<string, unknown>>;
};
