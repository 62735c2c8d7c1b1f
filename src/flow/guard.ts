import type { Accepted } from './accept.ts';
import type { Token } from './normalise.ts';
import { CORRECTIONS, STOP_WORDS } from './words.ts';

const SHORT_ANSWER_TOKENS = 3;
const MIN_COVERED = 0.45;
const FAREWELL_TOKENS = 7;

/**
 * Most of what was said must be what was matched: "good morning who am I speaking with" is not a
 * "good". A yes or no that opens the answer stands whatever follows.
 */
export function passesGuard(
  chosen: readonly Accepted[],
  accepted: readonly Accepted[],
  tokens: readonly Token[],
  from: number,
): boolean {
  if (tokens.length - from <= SHORT_ANSWER_TOKENS) return true;
  const isOpener = (match: Accepted) => match.polarity !== null || match.className === 'bye';
  const start = opening(tokens, from);
  if (chosen.some((match) => isOpener(match) && match.start <= start)) return true;
  // "Okay, I'm done, goodbye" ends as farewells do.
  const isFarewell = (match: Accepted) =>
    match.className === 'bye' && match.end === tokens.length && tokens.length <= FAREWELL_TOKENS;
  if (chosen.some(isFarewell)) return true;
  const isIn = (matches: readonly Accepted[], at: number) =>
    matches.some((match) => match.start <= at && at < match.end);
  const covered = tokens.filter((_, at) => isIn(chosen, at)).length;
  const rest = tokens.filter(
    ({ text }, at) => at >= from && !isIn(accepted, at) && !STOP_WORDS.has(text),
  ).length;
  return covered / (covered + rest) >= MIN_COVERED;
}

const GREETINGS = new Set(['oh', 'well', 'hi', 'hello', 'hey', 'so', 'sorry', 'okay', 'ok', 'hmm']);

/** Where the answer begins after "oh", "well" or "hello". */
export function opening(tokens: readonly Token[], from: number): number {
  let at = from;
  while (at < tokens.length - 1 && GREETINGS.has(tokens[at]?.text ?? '')) at += 1;
  return at;
}

/** Where the last "actually" or "I mean" ends; 0 when nothing was taken back. */
export function lastCorrection(tokens: readonly Token[]): number {
  for (let start = tokens.length - 1; start > 0; start--) {
    for (const words of CORRECTIONS) {
      if (words.every((word, i) => tokens[start + i]?.text === word)) return start + words.length;
    }
  }
  return 0;
}
