import type { RetryPolicy } from '../shared/retry.ts';
import { SpeechError, type SpeechErrorClass } from './speech.ts';

/** Google's quota refills within a minute; a 401 is worth one new signature (clock skew). */
export const SPEECH_RETRY: Readonly<Record<SpeechErrorClass, RetryPolicy | null>> = {
  invalid: null,
  forbidden: null,
  unauthenticated: { tries: 2, baseMs: 0, capMs: 0 },
  rate_limited: { tries: 8, baseMs: 1000, capMs: 60_000 },
  transient: { tries: 4, baseMs: 250, capMs: 2000 },
};

export function decideSpeechRetry(error: unknown): RetryPolicy | null {
  return error instanceof SpeechError ? SPEECH_RETRY[error.class] : null;
}
