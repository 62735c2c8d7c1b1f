import { CUE_SETS } from './cue-sets.ts';
import { normalisePhrase, type Token } from './normalise.ts';
import { NEGATORS } from './words.ts';

/** One place of a cue: any of these words, or (null) up to `MAX_SKIP` words of any kind. */
type Slot = { readonly words: ReadonlySet<string> | null; readonly isOptional: boolean };

/**
 * Strong cues count wherever they are said; weak ones only as the whole answer ("right" alone is a
 * yes, "the right one" is not).
 */
export type Cue = { readonly slots: readonly Slot[]; readonly isWeak: boolean };

/** Stands for any number. */
export const NUMBER = '#number';

const MAX_SKIP = 4;

/**
 * Cues in the notation of the class files: one a line or between `|`; `a/b` is a choice, `a?` may
 * be missing, `$set` is a named set of words, `...` is up to four words.
 */
export function compileCues(text: string, isWeak: boolean): readonly Cue[] {
  return text
    .split(/[|\n]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => ({ slots: line.split(/\s+/).map(compileSlot), isWeak }));
}

/** The words a cue can begin with: what it is found by. */
export function firstWords({ slots }: Cue): ReadonlySet<string> {
  const words = new Set<string>();
  for (const slot of slots) {
    for (const word of slot.words ?? []) words.add(word);
    if (!slot.isOptional) break;
  }
  return words;
}

/** Where the cue ends that begins at `start`, or -1. An adverb may stand between its words. */
export function endOfCue(cue: Cue, tokens: readonly Token[], start: number): number {
  const walk = (slot: number, at: number): number => {
    const wanted = cue.slots[slot];
    if (wanted === undefined) return at;
    if (wanted.words === null) {
      for (let skip = 0; skip <= MAX_SKIP; skip++) {
        const end = walk(slot + 1, at + skip);
        if (end >= 0) return end;
        if (NEGATORS.has(tokens[at + skip]?.text ?? 'not')) return -1;
      }
      return -1;
    }
    const word = tokens[at]?.text;
    if (word === undefined) return wanted.isOptional ? walk(slot + 1, at) : -1;
    if (wanted.words.has(word)) {
      const end = walk(slot + 1, at + 1);
      if (end >= 0) return end;
    }
    if (wanted.isOptional) {
      const end = walk(slot + 1, at);
      if (end >= 0) return end;
    }
    return at > start && CUE_SETS.adverb.has(word) ? walk(slot, at + 1) : -1;
  };
  return walk(0, start);
}

function compileSlot(text: string): Slot {
  if (text === '...') return { words: null, isOptional: false };
  const isOptional = text.endsWith('?');
  const words = (isOptional ? text.slice(0, -1) : text).split('/').flatMap((word) => {
    if (word.startsWith('$')) return [...setOf(word.slice(1))];
    return normalisePhrase(word).slice(0, 1);
  });
  return { words: new Set(words), isOptional };
}

function setOf(name: string): ReadonlySet<string> {
  return Object.hasOwn(CUE_SETS, name) ? CUE_SETS[name as keyof typeof CUE_SETS] : new Set();
}
