import { toBase64Url, utf8 } from '../shared/bytes.ts';
import type { Pronunciation } from './pronunciation.ts';

/** Every clip is made and stored like this; both are part of its key. */
export const ENCODING = 'MULAW';
export const SAMPLE_RATE = 8000;

/** Everything that changes how a sentence sounds. */
export type SpokenForm = {
  readonly voice: string;
  readonly language: string;
  readonly speed: number;
  readonly normalizerVersion: number;
  /** The script's pronunciations that occur in the text, in any order. */
  readonly pronunciations: readonly Pronunciation[];
  /** The text as it is sent to be spoken, values filled in and normalised. */
  readonly text: string;
};

const KEY_BYTES = 16;

/**
 * The content-addressed name of a sentence's audio: the first 128 bits of HMAC-SHA-256 under the
 * tenant's audio secret, base64url, 22 characters. JSON of an array frames the fields: no two
 * different forms give the same bytes.
 */
export async function sentenceKey(tenantSecret: CryptoKey, form: SpokenForm): Promise<string> {
  const pronunciations = form.pronunciations
    .map(({ phrase, spoken }) => [phrase, spoken])
    .sort(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0));
  const framed = JSON.stringify([
    form.voice,
    form.language,
    form.speed,
    ENCODING,
    SAMPLE_RATE,
    form.normalizerVersion,
    pronunciations,
    form.text,
  ]);
  const digest = await crypto.subtle.sign('HMAC', tenantSecret, utf8(framed));
  return toBase64Url(new Uint8Array(digest, 0, KEY_BYTES));
}
