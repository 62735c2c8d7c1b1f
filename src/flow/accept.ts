import type { SpeechOption } from './match.ts';
import type { Token } from './normalise.ts';
import { AUXILIARIES, asksForAName, questionClauses } from './question.ts';
import { type Found, scan } from './scan.ts';
import { ANSWER_FILL, NEGATORS } from './words.ts';

export type Accepted = Found;

const NEGATION_REACH = 6;
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
    if (isRenaming && match.className === 'stop') return [];
    if (isDeterminer(match, tokens)) return [];
    if (negated.includes(match)) return flip(match, options);
    const isAsked =
      match.polarity !== null && !match.isPhrase && asked.has(clauseOf(match, tokens));
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

/** A cue that nobody listens for displaces no phrase of the author's but a yes or a no. */
function displaces(kept: Found, match: Found): boolean {
  if (kept.option !== null || !match.isPhrase) return true;
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

/**
 * A "no" before a yes is an answer of its own, not a negation. A "not" that belongs to a phrase of
 * its own ("not a problem") says nothing about what comes after.
 */
function isNegated(match: Found, meant: readonly Found[], tokens: readonly Token[]): boolean {
  const clause = tokens[match.start]?.clause;
  const from = Math.max(0, match.start - NEGATION_REACH);
  if (beginsAnew(tokens, match.start)) return false;
  for (let at = match.start - 1; at >= from && tokens[at]?.clause === clause; at--) {
    const word = tokens[at]?.text ?? '';
    if (!NEGATORS.has(word)) {
      if (beginsAnew(tokens, at)) return false;
      continue;
    }
    if (word === 'no' && (match.polarity !== null || !match.isPhrase)) continue;
    const isInside = meant.some(
      (other) =>
        other.end - other.start > 1 &&
        other.start <= at &&
        at < other.end &&
        !overlaps(other, match),
    );
    const isSaidAlready = match.polarity === 'no' && !match.isPhrase;
    if (!isInside && !isSaidAlready) return true;
  }
  return false;
}

/** "Don't cancel it I will be there": a new subject begins a clause that no comma marks. */
function beginsAnew(tokens: readonly Token[], at: number): boolean {
  const subject = tokens[at]?.text ?? '';
  const before = tokens[at - 1]?.text ?? '';
  if (subject !== 'i' && subject !== 'we') return false;
  return !AUXILIARIES.has(before) && !OPENS_A_CLAUSE.has(before) && !NEGATORS.has(before);
}

/** Words that take a clause as their object: a "not" before them reaches into it. */
const OPENS_A_CLAUSE: ReadonlySet<string> = new Set([
  ...['think', 'believe', 'guess', 'suppose', 'say', 'know', 'feel', 'imagine', 'reckon', 'mean'],
  ...['sure', 'certain', 'see', 'what', 'how', 'that', 'if', 'whether', 'where', 'when', 'way'],
  ...['expect', 'promise', 'hope', 'like', 'as', 'so', 'anything', 'something', 'thing', '1'],
  ...['really', 'actually', 'even', 'ever'],
]);

/** The "no" of "I have no insurance" says what there is not; it answers nothing. */
function isDeterminer(match: Found, tokens: readonly Token[]): boolean {
  if (match.isPhrase || match.end - match.start !== 1 || tokens[match.start]?.text !== 'no') {
    return false;
  }
  const next = tokens[match.end];
  const before = tokens[match.start - 1];
  return (
    next !== undefined &&
    before !== undefined &&
    next.clause === before.clause &&
    !ANSWERS_AGAIN.has(next.text) &&
    BEFORE_DETERMINER.has(before.text)
  );
}

const BEFORE_DETERMINER: ReadonlySet<string> = new Set(
  'have has had is are was were be got get with there need want see makes make'.split(' '),
);
const ANSWERS_AGAIN: ReadonlySet<string> = new Set(
  'no thank thanks i it not sir madam to'.split(' '),
);
