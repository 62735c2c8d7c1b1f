import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toBase64Url } from '../shared/bytes.ts';
import { clipPath } from './clip-path.ts';
import {
  chunkParts,
  encodeRecipe,
  parseRecipe,
  RECIPE_BYTES_MAX,
  type RecipePart,
  recipeBytes,
} from './recipe.ts';

const KEY = 'abcdefghijklmnopqrstuA';
const part = fc.record({
  kind: fc.constantFrom('static', 'dynamic'),
  key: fc.uint8Array({ minLength: 16, maxLength: 16 }).map(toBase64Url),
  bytes: fc.integer({ min: 1, max: 60_000 }),
});
const recipe = fc.record({
  parts: fc.array(part, { minLength: 1, maxLength: 64 }),
  format: fc.constantFrom('wav', 'ulaw'),
});

test('a recipe reads back', () => {
  fc.assert(
    fc.property(recipe, (value) => {
      expect(parseRecipe(encodeRecipe(value))).toEqual(value);
    }),
  );
});

test('only what encodeRecipe writes is a recipe', () => {
  fc.assert(
    fc.property(recipe, fc.nat(), fc.string({ maxLength: 2 }), (value, at, insert) => {
      const name = encodeRecipe(value);
      const cut = at % (name.length + 1);
      const changed = name.slice(0, cut) + insert + name.slice(cut + 1);
      const parsed = parseRecipe(changed);
      if (parsed !== null) expect(encodeRecipe(parsed)).toBe(changed);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['empty', ''],
  ['no part', '.wav'],
  ['no extension', `s${KEY}-1`],
  ['another extension', `s${KEY}-1.mp3`],
  ['another folder', `x${KEY}-1.wav`],
  ['a short key', `s${KEY.slice(1)}-1.wav`],
  ['a long key', `sa${KEY}-1.wav`],
  ['a second spelling of a key', `sabcdefghijklmnopqrstuB-1.wav`],
  ['no length', `s${KEY}-.wav`],
  ['length zero', `s${KEY}-0.wav`],
  ['a leading zero', `s${KEY}-01.wav`],
  ['upper case length', `s${KEY}-A.wav`],
  ['an empty part', `s${KEY}-1..wav`],
  ['a path', `s${KEY}-1/../x.wav`],
  ['too many parts', `${`s${KEY}-1.`.repeat(65)}wav`],
  ['too many bytes', `s${KEY}-${(RECIPE_BYTES_MAX + 1).toString(36)}.wav`],
])('refuses %s', (_name, text) => expect(parseRecipe(text)).toBeNull());

test.each([
  ['wav', [3, 4], 58 + 7 + 1],
  ['wav', [4], 58 + 4],
  ['ulaw', [3, 4], 7],
] as const)('a %s of %j bytes answers %i bytes', (format, lengths, total) => {
  const parts = lengths.map((bytes) => ({ kind: 'static', key: KEY, bytes }) as const);
  expect(recipeBytes({ parts, format })).toBe(total);
});

test('chunks keep the order and fit in recipes', () => {
  const big = fc.array(
    part.map((value): RecipePart => ({ ...value, bytes: value.bytes * 30 })),
    { maxLength: 200 },
  );
  fc.assert(
    fc.property(big, (parts) => {
      const chunks = chunkParts(parts);
      expect(chunks.flat()).toEqual(parts);
      for (const chunk of chunks) {
        expect(parseRecipe(encodeRecipe({ parts: chunk, format: 'wav' }))).not.toBeNull();
      }
    }),
    { numRuns: 30 },
  );
});

test('static and dynamic clips have folders of their own', () => {
  expect(clipPath('ten_1', { kind: 'static', key: KEY })).toBe(`t/ten_1/audio/s/${KEY}.ulaw`);
  expect(clipPath('ten_1', { kind: 'dynamic', key: KEY })).toBe(`t/ten_1/audio/d/${KEY}.ulaw`);
});
