import { type Accepted, acceptMatches } from './accept.ts';
import { lastCorrection, passesGuard } from './guard.ts';
import { normalise, type Token } from './normalise.ts';
import { matchSpokenKey } from './spoken-key.ts';
import type { ClassName, Trigger } from './types.ts';

export type SpeechOption = { readonly triggers: readonly Trigger[] };
export type SpeechMatch = {
  /** Index into the options asked about. */
  readonly option: number;
  readonly trigger: 'phrase' | 'class' | 'key';
  readonly className: ClassName | null;
  /** Only a cue that counts when it is the whole answer. */
  readonly isWeak: boolean;
  readonly score: number;
};

/** The option a caller's words choose, or null: an uncertain answer is asked again. */
export function matchSpeech(options: readonly SpeechOption[], text: string): SpeechMatch | null {
  const tokens = normalise(text);
  if (tokens.length === 0) return null;
  const accepted = acceptMatches(options, tokens);
  const from = lastCorrection(tokens);
  const isCorrected = accepted.some((match) => match.start >= from);
  const chosen = choose(accepted, tokens, isCorrected ? from : 0);
  return chosen ?? matchSpokenKey(options, tokens);
}

/** Only what was said from the token `from` on counts; an opt-out counts wherever it was said. */
function choose(
  all: readonly Accepted[],
  tokens: readonly Token[],
  from: number,
): SpeechMatch | null {
  const accepted = all.filter((match) => match.start >= from);
  const stop = all.find((match) => match.className === 'stop' && !match.isWeak);
  if (stop !== undefined) return toMatch([stop]);
  const phrases = accepted.filter((match) => match.className === null);
  const pool = phrases.length > 0 ? phrases : accepted;
  const ranked = rank(pool.filter((match) => match.option !== null));
  const [best, second] = ranked;
  if (best === undefined || contradicts(pool)) return null;
  if (second !== undefined && second.score >= best.score) return null;
  return passesGuard(best.matches, accepted, tokens, from) ? toMatch(best.matches) : null;
}

/** "Yes ... no ..." may mean either: asking again is cheap, a yes taken for a no is not. */
function contradicts(pool: readonly Accepted[]): boolean {
  const polarities = new Set(pool.map((match) => match.polarity));
  return polarities.has('yes') && polarities.has('no');
}

type Ranked = { readonly score: number; readonly matches: readonly Accepted[] };

function rank(pool: readonly Accepted[]): readonly Ranked[] {
  const byOption = new Map<number | null, Accepted[]>();
  for (const match of pool) {
    byOption.set(match.option, [...(byOption.get(match.option) ?? []), match]);
  }
  return [...byOption.values()]
    .map((matches) => ({ matches, score: total(matches) }))
    .sort((left, right) => right.score - left.score);
}

function toMatch(matches: readonly Accepted[]): SpeechMatch | null {
  const [first] = [...matches].sort((left, right) => right.score - left.score);
  if (first === undefined || first.option === null) return null;
  return {
    option: first.option,
    trigger: first.className === null ? 'phrase' : 'class',
    className: first.className,
    isWeak: matches.every((match) => match.isWeak),
    score: Math.round(total(matches) * 1000) / 1000,
  };
}

const total = (matches: readonly Accepted[]) =>
  matches.reduce((sum, match) => sum + match.score, 0);
