import { editDistance } from './distance.ts';
import type { Token } from './normalise.ts';
import { soundOf } from './sound.ts';
import { lightStem } from './stem.ts';
import { NEGATORS, STOP_WORDS } from './words.ts';

/** An author's phrase with what its words are compared by. */
export type Phrase = { readonly words: readonly PhraseWord[] };
type PhraseWord = { readonly text: string; readonly stem: string; readonly sound: string };

const EXACT = 1;
const STEM = 0.95;
const SLIP = 0.8;
const SOUND = 0.75;
const GAP = 0.9;
const MAX_GAPS = 3;
const MIN_SLIP_LENGTH = 5;
const MIN_SOUND_LENGTH = 4;

/** A token with what it is compared by, found once for all phrases. */
export type HeardWord = Token & { readonly stem: string; readonly sound: string };

export function hearWord({ text, clause }: Token): HeardWord {
  const sound = text.length < MIN_SOUND_LENGTH ? '' : soundOf(text);
  return { text, clause, stem: lightStem(text), sound };
}

export function compilePhrase(tokens: readonly string[]): Phrase {
  return {
    words: tokens.map((text) => ({ text, stem: lightStem(text), sound: soundOf(text) })),
  };
}

/** A word may stand between those of a phrase ("take me right off"), never a "not". */
export function matchPhrase(
  { words }: Phrase,
  tokens: readonly HeardWord[],
  start: number,
): { readonly end: number; readonly score: number } | null {
  let at = start;
  let score = 0;
  let gaps = 0;
  for (const word of words) {
    let quality = compare(word, tokens[at]);
    while (quality === 0 && gaps < MAX_GAPS && at > start && isBridge(tokens, at, gaps)) {
      gaps += 1;
      at += 1;
      quality = compare(word, tokens[at]);
    }
    if (quality === 0) return null;
    score += quality;
    at += 1;
  }
  return { end: at, score: gaps === 0 ? score : score * GAP };
}

/** After the first, only words that say nothing of their own: "not feeling very well". */
function isBridge(tokens: readonly Token[], at: number, gaps: number): boolean {
  const gap = tokens[at];
  if (
    gaps > 0 &&
    !(STOP_WORDS.has(gap?.text ?? '') && STOP_WORDS.has(tokens[at - 1]?.text ?? ''))
  ) {
    return false;
  }
  return gap !== undefined && gap.clause === tokens[at - 1]?.clause && !NEGATORS.has(gap.text);
}

function compare(word: PhraseWord, token: HeardWord | undefined): number {
  if (token === undefined) return 0;
  const { text } = token;
  if (word.text === text) return EXACT;
  // Two words that begin differently are neither a slip nor, of these lengths, a sound-alike.
  if (/^\d/.test(text) || text.length < MIN_SOUND_LENGTH - 1) return 0;
  if (word.stem === token.stem) return STEM;
  const shorter = Math.min(word.text.length, text.length);
  const isSlip =
    shorter >= MIN_SLIP_LENGTH &&
    word.text[0] === text[0] &&
    Math.abs(word.text.length - text.length) <= 1 &&
    editDistance(word.text, text, 1) <= 1;
  if (isSlip) return SLIP;
  const isAlike = shorter >= MIN_SOUND_LENGTH && word.sound !== '' && word.sound === token.sound;
  return isAlike ? SOUND : 0;
}
