import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffLines } from './diff-lines.ts';

const short = (before: string, after: string) =>
  diffLines(before, after).map(
    ({ kind, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${text}`,
  );

test.each([
  { name: 'the same text', before: 'a\nb', after: 'a\nb', diff: [' a', ' b'] },
  {
    name: 'a line in the middle',
    before: 'a\nb\nc',
    after: 'a\nx\nc',
    diff: [' a', '-b', '+x', ' c'],
  },
  { name: 'a line at the end', before: 'a', after: 'a\nb', diff: [' a', '+b'] },
  {
    name: 'two changes',
    before: 'a\nb\nc\nd',
    after: 'b\nc\nx\nd',
    diff: ['-a', ' b', ' c', '+x', ' d'],
  },
  { name: 'nothing in common', before: 'a', after: 'b', diff: ['-a', '+b'] },
])('$name', ({ before, after, diff }) => expect(short(before, after)).toEqual(diff));

test('without what was added it is the old text, without what was removed the new one', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
    .map((all) => all.join('\n'));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const diff = diffLines(before, after);
      const without = (kind: string) =>
        diff
          .filter((line) => line.kind !== kind)
          .map((line) => line.text)
          .join('\n');
      expect(without('added')).toBe(before);
      expect(without('removed')).toBe(after);
    }),
    { numRuns: 300 },
  );
});

test('texts without end are compared in time', () => {
  const many = (word: string) => Array.from({ length: 5000 }, (_, i) => `${word}${i}`).join('\n');
  expect(diffLines(many('a'), many('b'))).toHaveLength(10_000);
});
