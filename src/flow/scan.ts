import { ANY_NUMBER, type ClassCue, cuesFrom } from './classes.ts';
import { endOfCue } from './cue.ts';
import type { SpeechOption } from './match.ts';
import type { Token } from './normalise.ts';
import { compilePhrase, type HeardWord, hearWord, matchPhrase, type Phrase } from './phrase.ts';
import type { ClassName, Trigger } from './types.ts';

export type Polarity = 'yes' | 'no' | null;
export type Found = {
  /** Null: nobody asked for it; it is heard because it changes what other words mean. */
  readonly option: number | null;
  /** Null for a phrase, and for words that only keep others from counting. */
  readonly className: ClassName | null;
  readonly isPhrase: boolean;
  readonly isWeak: boolean;
  readonly polarity: Polarity;
  readonly start: number;
  readonly end: number;
  readonly score: number;
};

/** Every place where a phrase of these options, or a cue of any class, occurs. */
export function scan(options: readonly SpeechOption[], tokens: readonly Token[]): readonly Found[] {
  const found: Found[] = [];
  const optionOf = optionsByClass(options);
  for (let start = 0; start < tokens.length; start++) {
    const word = tokens[start]?.text ?? '';
    for (const cue of cuesFrom(word)) addCue(found, cue, optionOf, tokens, start);
    if (/^\d+$/.test(word)) addCue(found, ANY_NUMBER, optionOf, tokens, start);
  }
  let heard: readonly HeardWord[] | null = null;
  for (const [option, { triggers }] of options.entries()) {
    for (const trigger of triggers) {
      if (trigger.type !== 'phrase') continue;
      heard ??= tokens.map(hearWord);
      addPhrase(found, trigger, option, heard);
    }
  }
  return found;
}

function addCue(
  found: Found[],
  cue: ClassCue,
  optionOf: ReadonlyMap<ClassName, number>,
  tokens: readonly Token[],
  start: number,
): void {
  const end = cue === ANY_NUMBER ? start + 1 : endOfCue(cue, tokens, start);
  if (end <= start) return;
  const { className, isWeak } = cue;
  const option = className === null ? null : (optionOf.get(className) ?? null);
  const polarity = className === 'yes' || className === 'no' ? className : null;
  const score = end - start;
  found.push({ option, className, isPhrase: false, isWeak, polarity, start, end, score });
}

function addPhrase(
  found: Found[],
  trigger: Extract<Trigger, { type: 'phrase' }>,
  option: number,
  tokens: readonly HeardWord[],
): void {
  if (trigger.tokens.length === 0) return;
  const phrase = compiled(trigger);
  for (let start = 0; start < tokens.length; start++) {
    const place = matchPhrase(phrase, tokens, start);
    if (place === null) continue;
    const polarity = polarityOf(trigger.tokens);
    const what = { option, className: null, isPhrase: true, isWeak: false, polarity };
    found.push({ ...what, start, ...place });
  }
}

function optionsByClass(options: readonly SpeechOption[]): ReadonlyMap<ClassName, number> {
  const byClass = new Map<ClassName, number>();
  options.forEach(({ triggers }, option) => {
    for (const trigger of triggers) {
      if (trigger.type === 'class' && !byClass.has(trigger.name)) byClass.set(trigger.name, option);
    }
  });
  return byClass;
}

/** Compiled once for each trigger of a flow in memory. */
const PHRASES = new WeakMap<Trigger, Phrase>();

function compiled(trigger: Extract<Trigger, { type: 'phrase' }>): Phrase {
  const known = PHRASES.get(trigger);
  if (known !== undefined) return known;
  const phrase = compilePhrase(trigger.tokens);
  PHRASES.set(trigger, phrase);
  return phrase;
}

/** An author's "no" in quotes is still a no, and "no problem" still is not one. */
function polarityOf(words: readonly string[]): Polarity {
  const tokens = words.map((text) => ({ text, clause: 0 }));
  const whole = cuesFrom(words[0] ?? '').find(
    (cue) =>
      !cue.isWeak &&
      (cue.className === 'yes' || cue.className === 'no') &&
      endOfCue(cue, tokens, 0) === tokens.length,
  );
  return whole?.className === 'yes' || whole?.className === 'no' ? whole.className : null;
}
