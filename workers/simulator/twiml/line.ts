import type { Callee } from '../callee/callee.ts';

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
  /** <Say> text since the callee last answered. */
  readonly heard: string[];
};
