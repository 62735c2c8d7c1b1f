import { type Accepted, acceptMatches } from './accept.ts';
import { lastCorrection, opening, passesGuard } from './guard.ts';
import { normalise, type Token } from './normalise.ts';
import { isAboutWords, isMachineTalk } from './question.ts';
import { matchSpokenKey } from './spoken-key.ts';
import type { ClassName, Trigger } from './types.ts';
import { STOP_WORDS } from './words.ts';

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
  if (tokens.length === 0 || isMachineTalk(tokens)) return null;
  const accepted = acceptMatches(options, tokens);
  const from = lastCorrection(tokens);
  const isCorrected = accepted.some((match) => match.start >= from && !isNeutral(match));
  const chosen = choose(accepted, tokens, isCorrected ? from : 0);
  return chosen ?? matchSpokenKey(options, tokens);
}

/** A number is talk of any kind unless somebody asked for one. */
const isMeant = (match: Accepted) =>
  !isNeutral(match) && (match.className !== 'number' || match.option !== null);
const isNeutral = (match: Accepted) => match.className === null && !match.isPhrase;

/** Only what was said from the token `from` on counts; an opt-out counts wherever it was said. */
function choose(
  all: readonly Accepted[],
  tokens: readonly Token[],
  from: number,
): SpeechMatch | null {
  const accepted = all.filter((match) => match.start >= from);
  const stop = all.find((match) => match.className === 'stop' && !match.isWeak);
  const phrases = accepted.filter((match) => match.isPhrase);
  // An author who takes "unsubscribe" as a phrase of their own has switched the command off.
  if (stop !== undefined && (stop.option !== null || phrases.length === 0)) return toMatch([stop]);
  const pool = phrases.length > 0 ? phrases : accepted.filter((match) => isMeant(match));
  const best = phrases.length > 0 ? longest(phrases) : bestClass(pool, tokens, from);
  if (best === null || best.length === 0) return null;
  const isTalkedAbout = best.every((match) => match.className !== 'repeat') && isAboutWords(tokens);
  if (phrases.length === 0 && (isTalkedAbout || isTakenBack(best, accepted, tokens))) return null;
  return passesGuard(best, accepted, tokens, from) ? toMatch(best) : null;
}

/** "Yeah, I can't": a "not" that belongs to nothing understood may turn the yes round. */
function isTakenBack(
  best: readonly Accepted[],
  accepted: readonly Accepted[],
  tokens: readonly Token[],
): boolean {
  const last = best.at(-1);
  if (last === undefined || last.polarity !== 'yes') return false;
  return tokens.some(
    ({ text, clause }, at) =>
      at >= last.end &&
      (text === 'not' || text === 'never') &&
      clause === clauseAt(tokens, last.start) &&
      !accepted.some((match) => match.start <= at && at < match.end),
  );
}

/** Of equal sums none is chosen, and neither when yes and no were both said. */
function longest(pool: readonly Accepted[]): readonly Accepted[] | null {
  if (contradicts(pool)) return null;
  const byOption = Map.groupBy(
    pool.filter((match) => match.option !== null),
    (match) => match.option,
  );
  const ranked = [...byOption.values()].sort((left, right) => total(right) - total(left));
  const [best, second] = ranked;
  if (best === undefined || (second !== undefined && total(second) >= total(best))) return null;
  return best;
}

/**
 * A farewell only ends an answer, and a yes or no only opens what else is wanted: "no, call me
 * later" is a later, "yes, goodbye" a yes.
 */
function bestClass(
  pool: readonly Accepted[],
  tokens: readonly Token[],
  from: number,
): readonly Accepted[] | null {
  const wishes = pool.filter((match) => match.polarity === null && match.className !== 'bye');
  const answers = pool.filter((match) => match.polarity !== null);
  const agreed = agreedAnswers(answers, tokens, from);
  const [doubt] = wishes;
  const isDoubtOnly = wishes.length > 0 && wishes.every((match) => match.className === 'maybe');
  if (isDoubtOnly && agreed !== null && agreed.length > 0 && doubt !== undefined) {
    const isAside = clauseAt(tokens, doubt.start) !== clauseAt(tokens, agreed[0]?.start ?? 0);
    if (isAside && (agreed[0]?.start ?? 1) <= opening(tokens, from) && isLate(doubt, tokens)) {
      return asked(agreed);
    }
  }
  if (wishes.length > 0) return longest(wishes) ?? null;
  if (answers.length > 0) return agreed === null ? null : asked(agreed);
  return longest(pool);
}

const asked = (matches: readonly Accepted[]) =>
  matches.every((match) => match.option === null)
    ? null
    : matches.filter((match) => match.option !== null);
const clauseAt = (tokens: readonly Token[], at: number) => tokens[at]?.clause;
/** More than the doubt itself follows: "yes, but I might be five minutes late". */
const isLate = (doubt: Accepted, tokens: readonly Token[]) => doubt.end < tokens.length;

/**
 * Yes and no in one answer contradict each other, but for the run that opens it: "yeah no" is a no,
 * and "no no yes I can make it" a yes, if nothing later says otherwise.
 */
function agreedAnswers(
  answers: readonly Accepted[],
  tokens: readonly Token[],
  from: number,
): readonly Accepted[] | null {
  if (!contradicts(answers)) return answers;
  const ordered = [...answers].sort((left, right) => left.start - right.start);
  let next = opening(tokens, from);
  let last: Accepted | null = null;
  let count = 0;
  for (const match of ordered) {
    if (!isNear(tokens, next, match.start)) break;
    last = match;
    next = match.end;
    count += 1;
  }
  if (last === null) return null;
  const { polarity } = last;
  const first = tokens[ordered[0]?.start ?? 0]?.text ?? '';
  const later = ordered.slice(count);
  if (later.some((match) => match.polarity !== polarity)) return null;
  const isDrawl = DRAWLED.has(first) && polarity === 'no';
  const isBorneOut = later.length > 0 || last.end - last.start > 1;
  const stands = count > 1 && (isDrawl || isBorneOut);
  return stands ? ordered.filter((match) => match.polarity === polarity) : null;
}

/** "Yeah, I do not think so": small words may stand between. */
const isNear = (tokens: readonly Token[], from: number, to: number) =>
  to >= from && to - from <= 3 && tokens.slice(from, to).every(({ text }) => STOP_WORDS.has(text));

/** Said before a no, these only say that the caller has heard. */
const DRAWLED = new Set(['yeah', 'yea', 'ya']);

/** "Yes ... no ..." may mean either: asking again is cheap, a yes taken for a no is not. */
function contradicts(pool: readonly Accepted[]): boolean {
  const polarities = new Set(pool.map((match) => match.polarity));
  return polarities.has('yes') && polarities.has('no');
}

function toMatch(matches: readonly Accepted[]): SpeechMatch | null {
  const [first] = [...matches].sort((left, right) => right.score - left.score);
  if (first === undefined || first.option === null) return null;
  return {
    option: first.option,
    trigger: first.isPhrase ? 'phrase' : 'class',
    className: first.className,
    isWeak: matches.every((match) => match.isWeak),
    score: Math.round(total(matches) * 1000) / 1000,
  };
}

const total = (matches: readonly Accepted[]) =>
  matches.reduce((sum, match) => sum + match.score, 0);
