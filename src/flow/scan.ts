import { type Cue, cuesOf, NUMBER } from './classes.ts';
import { editDistance } from './distance.ts';
import type { SpeechOption } from './match.ts';
import type { Token } from './normalise.ts';
import { lightStem } from './stem.ts';
import type { ClassName } from './types.ts';
import { NEGATORS } from './words.ts';

export type Polarity = 'yes' | 'no' | null;
export type Pattern = Cue & {
  /** Null: listened for only because it changes what other words mean ("no problem"). */
  readonly option: number | null;
  readonly className: ClassName | null;
  readonly polarity: Polarity;
};
export type Found = Pattern & {
  readonly start: number;
  readonly end: number;
  readonly score: number;
};

/** Heard even where nobody asks: "no idea" and "never mind" are not a no, "no problem" is a yes. */
const WATCHED: readonly ClassName[] = ['yes', 'no', 'maybe', 'repeat', 'cancel', 'wrong_number'];

const EXACT = 1;
const STEM = 0.95;
const SLIP = 0.8;
const GAP = 0.9;
const MIN_SLIP_LENGTH = 5;

/** Every place where a pattern of these options occurs among the tokens. */
export function scan(options: readonly SpeechOption[], tokens: readonly Token[]): readonly Found[] {
  const found: Found[] = [];
  for (const pattern of patternsOf(options)) {
    for (let start = 0; start < tokens.length; start++) {
      const place = matchAt(pattern, tokens, start);
      if (place !== null) found.push({ ...pattern, start, ...place });
    }
  }
  return found;
}

function patternsOf(options: readonly SpeechOption[]): readonly Pattern[] {
  const authored = options.flatMap(({ triggers }, option) =>
    triggers.flatMap((trigger): readonly Pattern[] => {
      if (trigger.type === 'class') return classPatterns(trigger.name, option);
      if (trigger.type !== 'phrase' || trigger.tokens.length === 0) return [];
      const { tokens } = trigger;
      return [{ tokens, isWeak: false, option, className: null, polarity: polarityOf(tokens) }];
    }),
  );
  return [...authored, ...WATCHED.flatMap((name) => classPatterns(name, null))];
}

function classPatterns(name: ClassName, option: number | null): readonly Pattern[] {
  const polarity = name === 'yes' || name === 'no' ? name : null;
  return cuesOf(name).map((cue) => ({ ...cue, option, className: name, polarity }));
}

/** An author's "no" in quotes is still a no, and "no problem" still is not one. */
function polarityOf(tokens: readonly string[]): Polarity {
  const key = tokens.join(' ');
  const isCue = (name: 'yes' | 'no') =>
    cuesOf(name).some((cue) => !cue.isWeak && cue.tokens.join(' ') === key);
  if (isCue('yes')) return 'yes';
  return isCue('no') ? 'no' : null;
}

/** One token may stand between the words of a phrase ("take me right off"), never a "not". */
function matchAt(
  pattern: Pattern,
  tokens: readonly Token[],
  start: number,
): { readonly end: number; readonly score: number } | null {
  let at = start;
  let score = 0;
  let gaps = 0;
  // "Works for me" is a yes, "working for me" is not: the words of classes are taken to the letter.
  const compare = pattern.className === null ? compareLoosely : compareExactly;
  for (const word of pattern.tokens) {
    let quality = compare(word, tokens[at]);
    if (quality === 0 && gaps === 0 && at > start && isBridge(tokens, at)) {
      gaps = 1;
      at += 1;
      quality = compare(word, tokens[at]);
    }
    if (quality === 0) return null;
    score += quality;
    at += 1;
  }
  return { end: at, score: gaps === 0 ? score : score * GAP };
}

function isBridge(tokens: readonly Token[], at: number): boolean {
  const gap = tokens[at];
  return gap !== undefined && gap.clause === tokens[at - 1]?.clause && !NEGATORS.has(gap.text);
}

function compareExactly(word: string, token: Token | undefined): number {
  const isEqual = word === token?.text || (word === NUMBER && /^\d+$/.test(token?.text ?? ''));
  return isEqual ? EXACT : 0;
}

function compareLoosely(word: string, token: Token | undefined): number {
  if (token === undefined) return 0;
  const { text } = token;
  if (word === text) return EXACT;
  if (/^\d/.test(text)) return 0;
  if (lightStem(word) === lightStem(text)) return STEM;
  if (word.length < MIN_SLIP_LENGTH || text.length < MIN_SLIP_LENGTH) return 0;
  return word[0] === text[0] && editDistance(word, text, 1) <= 1 ? SLIP : 0;
}
