import type { Token } from './normalise.ts';
import { AUXILIARIES } from './question.ts';
import type { Found } from './scan.ts';
import { NEGATORS } from './words.ts';

const NEGATION_REACH = 6;
const overlaps = (left: Found, right: Found) => left.start < right.end && right.start < left.end;

/**
 * A "no" before a yes is an answer of its own, not a negation. A "not" that belongs to a phrase of
 * its own ("not a problem") says nothing about what comes after.
 */
export function isNegated(
  match: Found,
  meant: readonly Found[],
  tokens: readonly Token[],
): boolean {
  const clause = tokens[match.start]?.clause;
  const from = Math.max(0, match.start - NEGATION_REACH);
  if (beginsAnew(tokens, match.start)) return false;
  if (isDenied(match, tokens)) return true;
  for (let at = match.start - 1; at >= from && tokens[at]?.clause === clause; at--) {
    const word = tokens[at]?.text ?? '';
    if (!NEGATORS.has(word)) {
      if (beginsAnew(tokens, at)) return false;
      continue;
    }
    if (word === 'no' && !(match.isPhrase && match.polarity === null && at === match.start - 1)) {
      continue;
    }
    const isSaidAlready = match.polarity === 'no' && !match.isPhrase;
    if (isSaidAlready || isSpent(meant, at, match, tokens)) continue;
    return true;
  }
  return false;
}

/**
 * The "not" is part of something understood ("not a problem"), or turns round what stands between
 * ("not bad, good"). A cue of refusal or doubt spends no "not" that stands before a phrase: "not
 * exactly great".
 */
function isSpent(
  meant: readonly Found[],
  at: number,
  match: Found,
  tokens: readonly Token[],
): boolean {
  return meant.some((other) => {
    if (overlaps(other, match)) return false;
    if (other.start <= at && at < other.end && other.end - other.start > 1) {
      return !match.isPhrase || other.isPhrase || other.polarity === 'yes';
    }
    const isBetween = other.isPhrase && other.start > at && other.end <= match.start;
    return isBetween && match.isPhrase && !LISTING.has(tokens[match.start - 1]?.text ?? '');
  });
}

const LISTING: ReadonlySet<string> = new Set(['or', 'nor', 'and']);

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
export function isDeterminer(match: Found, tokens: readonly Token[]): boolean {
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

/** "Far from great", "anything but good". */
function isDenied(match: Found, tokens: readonly Token[]): boolean {
  const [first, second] = [tokens[match.start - 2]?.text, tokens[match.start - 1]?.text];
  return match.isPhrase && DENIALS.has(`${first} ${second}`);
}

const DENIALS: ReadonlySet<string> = new Set(['far from', 'less than', 'anything but']);
