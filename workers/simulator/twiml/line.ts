import type { Callee } from '../callee/callee.ts';
import type { DialConference, DialedNumber, RecordingCallback } from './ast.ts';

export type PlayedMedia = {
  readonly ok: true;
  readonly bytes: number;
  readonly ms: number;
  readonly sha256: string;
};
export type FailedMedia = { readonly ok: false; readonly code: number; readonly reason: string };
export type Media = (PlayedMedia | FailedMedia) & {
  readonly contentType: string;
  readonly cached: boolean;
  readonly firstByteMs: number;
  readonly totalMs: number;
};

export type LegRequest = {
  readonly to: DialedNumber;
  readonly callerId: string | undefined;
  readonly timeoutSeconds: number;
  readonly timeLimitSeconds: number;
};
export type LegEnd = {
  readonly sid: string;
  readonly status: 'completed' | 'busy' | 'no-answer' | 'failed';
  readonly seconds: number;
};

export type NewRecording = {
  readonly source: 'RecordVerb' | 'StartCallRecordingTwiML' | 'OutboundAPI';
  readonly channels: 1 | 2;
  readonly seconds: number;
  readonly callback: RecordingCallback | undefined;
};
export type Recordings = {
  /** One that is over; its callback goes out when the carrier has processed it. */
  readonly save: (
    recording: NewRecording,
  ) => Promise<{ readonly sid: string; readonly url: string }>;
  /** One that lasts until the call is over. */
  readonly start: (recording: Omit<NewRecording, 'seconds'>) => void;
};

/** What a document needs of the call that it runs in; waits are in the callee's time. */
export type Line = {
  readonly elapsedMs: () => number;
  readonly wallNow: () => number;
  /** Throws when the call ends or is redirected meanwhile. */
  readonly wait: (ms: number) => Promise<void>;
  readonly fetchMedia: (url: string) => Promise<Media>;
  readonly record: (kind: string, detail: Record<string, unknown>, at?: number) => void;
  readonly callee: Callee;
  readonly hangUpByCallee: () => never;
  /** Called when a sound begins, to measure the dead air before it. */
  readonly soundBegins: () => void;
  /** Rings another phone and joins the two; resolves when the other one is gone. */
  readonly dial: (leg: LegRequest) => Promise<LegEnd>;
  /** Sits in a conference until it is over for this call; whether it talked with anybody there. */
  readonly attend: (
    verb: DialConference,
    base: string | undefined,
  ) => Promise<{ readonly wasLive: boolean }>;
  readonly recordings: Recordings;
  /** <Say> text since the callee last answered. */
  readonly heard: string[];
};
