import type { Pronunciation } from './pronunciation.ts';

export type SpeechRequest = {
  /** At most 5,000 bytes of UTF-8 (Google's limit); `speakAll` takes longer texts. */
  readonly text: string;
  /** Google's name, e.g. `en-US-Chirp3-HD-Leda`. */
  readonly voice: string;
  /** BCP 47, e.g. `en-US`. */
  readonly language: string;
  /** 0.25 to 2; 1 is the voice's own pace. */
  readonly speed: number;
  /** Words of the text that are to be spoken in a way of their own. */
  readonly pronunciations?: readonly Pronunciation[];
};

/** Turns text into sound. */
export type Speech = {
  /** Raw 8 kHz mono mu-law without a header, never empty. Throws `SpeechError`. */
  readonly synthesize: (request: SpeechRequest) => Promise<Uint8Array>;
};

export type SpeechErrorClass =
  /** This text or voice will never be spoken. */
  | 'invalid'
  | 'unauthenticated'
  /** The project may not: API off, billing off, key restricted. */
  | 'forbidden'
  | 'rate_limited'
  | 'transient';

/** The message is the provider's own sentence: it names the refused field. */
export class SpeechError extends Error {
  override readonly name = 'SpeechError';
  readonly class: SpeechErrorClass;
  /** null when no answer came. */
  readonly httpStatus: number | null;
  /** E.g. `INVALID_ARGUMENT`; null when the answer carried none. */
  readonly googleStatus: string | null;

  constructor(
    errorClass: SpeechErrorClass,
    message: string,
    options: { httpStatus?: number; googleStatus?: string; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.class = errorClass;
    this.httpStatus = options.httpStatus ?? null;
    this.googleStatus = options.googleStatus ?? null;
  }
}
