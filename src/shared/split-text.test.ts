import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitText } from './split-text.ts';

const atMost = (length: number) => (piece: string) => piece.length <= length;

test.each([
  ['short text stays whole', 'Hello there.', 20, ['Hello there.']],
  ['at the end of a sentence', 'One two. Three four.', 15, ['One two.', 'Three four.']],
  ['at a clause when no sentence ends', 'one two, three four', 12, ['one two,', 'three four']],
  ['at a word when no clause ends', 'one two three', 9, ['one two', 'three']],
  ['inside a word that is too long', 'abcdefgh', 3, ['abc', 'def', 'gh']],
  ['blank text has no piece', '  \n ', 5, []],
])('%s', (_name, text, length, pieces) => expect(splitText(text, atMost(length))).toEqual(pieces));

test('nothing but white space is lost, every piece fits, no character is torn', () => {
  const bytes = (text: string) => new TextEncoder().encode(text).length;
  const word = fc.string({ unit: 'grapheme', maxLength: 12 });
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 60 }),
      fc.integer({ min: 4, max: 60 }),
      (words, max) => {
        const text = words.join(' ');
        const pieces = splitText(text, (piece) => bytes(piece) <= max);
        expect(pieces.join('').replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''));
        expect(pieces.every((piece) => bytes(piece) <= max && piece.isWellFormed())).toBe(true);
      },
    ),
  );
});
