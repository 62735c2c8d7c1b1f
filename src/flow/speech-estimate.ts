import { VARIABLE_CHARS } from './prompt-seconds.ts';
import { promptsOf } from './prompts.ts';
import type { Flow, Sentence } from './types.ts';

export type SpeechEstimate = {
  /** Made once for all contacts. */
  readonly staticSentences: number;
  /** Made for each contact, unless two contacts have the same values. */
  readonly dynamicSentences: number;
  /** Spoken during the call and never made. */
  readonly liveSentences: number;
  /** At most, for all contacts. */
  readonly sentences: number;
  readonly chars: number;
  readonly usd: number;
};

/** Google's list price of a Chirp 3 HD voice. */
const USD_PER_MILLION_CHARS = 30;

/** What has to be made before these contacts can be called, at most, and what that costs. */
export function estimateSpeech(
  flow: Flow,
  contacts: number,
  usdPerMillionChars = USD_PER_MILLION_CHARS,
): SpeechEstimate {
  const prompts = promptsOf(flow);
  const ofKind = (kind: Sentence['kind']) => prompts.filter((sentence) => sentence.kind === kind);
  const [fixed, varying] = [ofKind('static'), ofKind('dynamic')];
  const chars = charsOf(fixed) + contacts * charsOf(varying);
  return {
    staticSentences: fixed.length,
    dynamicSentences: varying.length,
    liveSentences: ofKind('live').length,
    sentences: fixed.length + contacts * varying.length,
    chars,
    usd: usdOfSpeech(chars, usdPerMillionChars),
  };
}

/** What Google asks for so many characters, rounded to cents. */
export function usdOfSpeech(chars: number, usdPerMillionChars = USD_PER_MILLION_CHARS): number {
  return Math.round((chars / 1_000_000) * usdPerMillionChars * 100) / 100;
}

function charsOf(sentences: readonly Sentence[]): number {
  const parts = sentences.flatMap((sentence) => sentence.parts);
  return parts.reduce(
    (sum, part) => sum + (part.type === 'text' ? part.text.length : VARIABLE_CHARS),
    0,
  );
}
