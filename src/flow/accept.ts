import type { SpeechOption } from './match.ts';
import type { Token } from './normalise.ts';
import { type Found, scan } from './scan.ts';
import { NEGATORS } from './words.ts';

export type Accepted = Found;

const NEGATION_REACH = 6;

/** The places that stand: weak cues only as the whole answer, longest first, negation applied. */
export function acceptMatches(
  options: readonly SpeechOption[],
  tokens: readonly Token[],
): readonly Accepted[] {
  const found = scan(options, tokens);
  const meant = keepLongest(
    found.filter((match) => !match.isWeak || isWholeAnswer(match, found, tokens)),
  );
  return meant.flatMap((match) => applyNegation(match, meant, options, tokens));
}

function keepLongest(found: readonly Found[]): readonly Found[] {
  const kept: Found[] = [];
  for (const match of [...found].sort(byLength)) {
    if (!kept.some((other) => overlaps(match, other) && displaces(other, match))) kept.push(match);
  }
  return kept;
}

function byLength(left: Found, right: Found): number {
  return (
    right.tokens.length - left.tokens.length ||
    Number(right.className === null) - Number(left.className === null) ||
    Number(right.option !== null) - Number(left.option !== null) ||
    right.score - left.score
  );
}

const overlaps = (left: Found, right: Found) => left.start < right.end && right.start < left.end;

/** A cue nobody listens for only displaces a yes or a no of another meaning. */
function displaces(kept: Found, match: Found): boolean {
  if (kept.option !== null || match.option === null) return true;
  return match.polarity !== null && match.polarity !== kept.polarity;
}

function isWholeAnswer(weak: Found, found: readonly Found[], tokens: readonly Token[]): boolean {
  const same = found.filter((match) => match.className === weak.className);
  return tokens.every((_, at) => same.some((match) => match.start <= at && at < match.end));
}

function applyNegation(
  match: Found,
  meant: readonly Found[],
  options: readonly SpeechOption[],
  tokens: readonly Token[],
): readonly Found[] {
  if (!isNegated(match, meant, tokens)) return [match];
  if (match.className !== 'yes') return [];
  const option = options.findIndex(({ triggers }) =>
    triggers.some((trigger) => trigger.type === 'class' && trigger.name === 'no'),
  );
  return [{ ...match, className: 'no', polarity: 'no', option: option < 0 ? null : option }];
}

/**
 * A "no" before a yes is an answer of its own, not a negation. A "not" that belongs to a phrase of
 * its own ("not a problem") says nothing about what comes after.
 */
function isNegated(match: Found, meant: readonly Found[], tokens: readonly Token[]): boolean {
  const clause = tokens[match.start]?.clause;
  const from = Math.max(0, match.start - NEGATION_REACH);
  for (let at = match.start - 1; at >= from && tokens[at]?.clause === clause; at--) {
    const word = tokens[at]?.text ?? '';
    if (!NEGATORS.has(word) || (word === 'no' && match.polarity !== null)) continue;
    const isInside = meant.some(
      (other) =>
        other.tokens.length > 1 && other.start <= at && at < other.end && !overlaps(other, match),
    );
    if (!isInside) return true;
  }
  return false;
}
