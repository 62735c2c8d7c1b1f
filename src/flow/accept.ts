import { CUE_SETS } from './cue-sets.ts';
import type { SpeechOption } from './match.ts';
import { asksForAName, refusesAName } from './naming.ts';
import { isDeterminer, isNegated } from './negation.ts';
import type { Token } from './normalise.ts';
import { questionClauses } from './question.ts';
import { type Found, scan } from './scan.ts';
import { ANSWER_FILL } from './words.ts';

export type Accepted = Found;

/** "Okay thanks" may be said to anything. */
const THANKS: ReadonlySet<string> = new Set(['thank', 'thanks']);

/** The places that stand: weak cues only as the whole answer, longest first, negation applied. */
export function acceptMatches(
  options: readonly SpeechOption[],
  tokens: readonly Token[],
): readonly Accepted[] {
  const found = scan(options, tokens);
  const meant = keepLongest(
    found.filter((match) => !match.isWeak || isWholeAnswer(match, found, tokens)),
  );
  const asked = questionClauses(tokens);
  const isRenaming = asksForAName(tokens);
  const negated = meant.filter((match) => isNegated(match, meant, tokens));
  return meant.flatMap((match) => {
    const isNaming = isRenaming || refusesAName(match, tokens);
    if (isNaming && match.className === 'stop') return [];
    if (isDeterminer(match, tokens)) return [];
    if (negated.includes(match)) return flip(match, options);
    const isAsked = isAnswer(match, tokens) && asked.has(clauseOf(match, tokens));
    return isAsked || sharesNegation(match, negated, tokens) ? [] : [match];
  });
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
    Number(isOptOut(right)) - Number(isOptOut(left)) ||
    Number(isFaint(left)) - Number(isFaint(right)) ||
    right.end - right.start - (left.end - left.start) ||
    Number(right.isPhrase) - Number(left.isPhrase) ||
    Number(right.option !== null) - Number(left.option !== null) ||
    right.score - left.score ||
    (left.option ?? 0) - (right.option ?? 0)
  );
}

/** A number may be part of anything, such as "a hundred percent". */
const isFaint = (match: Found) => match.isWeak || (match.className === 'number' && !match.isPhrase);
const isOptOut = (match: Found) => match.className === 'stop' && !match.isWeak;
const overlaps = (left: Found, right: Found) => left.start < right.end && right.start < left.end;

/** A yes or no, or a single word such as "good": in a question it answers nothing. */
function isAnswer(match: Found, tokens: readonly Token[]): boolean {
  if (!match.isPhrase) return match.polarity !== null;
  const word = tokens[match.start]?.text ?? '';
  return match.end - match.start === 1 && (CUE_SETS.nice.has(word) || CUE_SETS.bad.has(word));
}

/** A cue that nobody listens for displaces no phrase of the author's but a yes or a no. */
function displaces(kept: Found, match: Found): boolean {
  if (kept.option !== null || !match.isPhrase) return true;
  // The "good" of "good morning" is none.
  if (kept.className === null && kept.start === match.start) return kept.end > match.end;
  return match.polarity !== null && match.polarity !== kept.polarity;
}

function isWholeAnswer(weak: Found, found: readonly Found[], tokens: readonly Token[]): boolean {
  const same = found.filter((match) => match.className === weak.className);
  return tokens.every(
    ({ text }, at) =>
      ANSWER_FILL.has(text) ||
      (weak.className !== 'yes' && THANKS.has(text)) ||
      same.some((match) => match.start <= at && at < match.end),
  );
}

/** What is negated counts no more, but for a yes, which is then a no. */
function flip(match: Found, options: readonly SpeechOption[]): readonly Found[] {
  if (match.className !== 'yes') return [];
  const option = options.findIndex(({ triggers }) =>
    triggers.some((trigger) => trigger.type === 'class' && trigger.name === 'no'),
  );
  return [{ ...match, className: 'no', polarity: 'no', option: option < 0 ? null : option }];
}

/** The "not" of "I do not want to cancel" keeps the cancelling from counting and is no answer. */
function sharesNegation(
  match: Found,
  negated: readonly Found[],
  tokens: readonly Token[],
): boolean {
  if (match.polarity !== 'no' || match.isPhrase) return false;
  const isBare = match.end - match.start === 1 && tokens[match.start]?.text !== 'not';
  return (
    !isBare &&
    negated.some(
      (other) =>
        other.polarity === null &&
        (other.isPhrase || (other.className !== null && other.className !== 'number')) &&
        other.start >= match.start &&
        other.start - match.end <= 2 &&
        clauseOf(other, tokens) === clauseOf(match, tokens),
    )
  );
}

const clauseOf = (match: Found, tokens: readonly Token[]) => tokens[match.start]?.clause ?? 0;
