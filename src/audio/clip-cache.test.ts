import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ClipCache } from './clip-cache.ts';

const clip = (length: number) => new Uint8Array(length);

test('the clip used longest ago goes first', () => {
  const cache = new ClipCache(30);
  for (const path of ['a', 'b', 'c']) cache.set(path, clip(10));
  cache.get('a');
  cache.set('d', clip(10));
  expect(['a', 'b', 'c', 'd'].filter((path) => cache.get(path))).toEqual(['a', 'c', 'd']);
});

test('a clip larger than the cache is not kept and pushes nothing out', () => {
  const cache = new ClipCache(30);
  cache.set('a', clip(10));
  cache.set('b', clip(31));
  expect(cache.get('b')).toBeUndefined();
  expect(cache.get('a')).toHaveLength(10);
});

test('the bytes held never exceed the bound, and the clip just set is there', () => {
  const operations = fc.array(fc.tuple(fc.constantFrom(...'abcdefgh'), fc.nat(50)));
  fc.assert(
    fc.property(operations, (sets) => {
      const cache = new ClipCache(100);
      for (const [path, length] of sets) {
        cache.set(path, clip(length));
        expect(cache.get(path)).toHaveLength(length);
      }
      const held = [...'abcdefgh'].map((path) => cache.get(path)?.length ?? 0);
      expect(held.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(100);
    }),
  );
});
