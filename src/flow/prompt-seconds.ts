import { variablesOf } from './sentences.ts';
import type { Sentence } from './types.ts';

/** How fast a telephone voice reads English at speed 1. */
export const CHARS_A_SECOND = 15;
/** What a value is taken to add when nobody knows it yet. */
export const VARIABLE_CHARS = 10;

/** About how long these sentences take to hear. */
export function promptSeconds(sentences: readonly Sentence[], speed: number): number {
  const chars = sentences.reduce((sum, { parts }) => {
    const text = parts.reduce(
      (all, part) => all + (part.type === 'text' ? part.text.length : 0),
      0,
    );
    return sum + text + variablesOf(parts).length * VARIABLE_CHARS;
  }, 0);
  return chars / CHARS_A_SECOND / speed;
}
