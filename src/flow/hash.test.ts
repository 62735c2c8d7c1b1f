import { expect, test } from 'vitest';
import { flowOf, nodeOf, on, say } from './flow.fixture.ts';
import { canonicalJson, hashFlow } from './hash.ts';

test('canonical JSON sorts keys at every depth and keeps the order of lists', () =>
  expect(canonicalJson({ b: [2, 1, { d: null, c: 'é"' }], a: undefined, A: true })).toBe(
    '{"A":true,"b":[2,1,{"c":"é\\"","d":null}]}',
  ));

test('the hash is SHA-256 in hex and does not depend on the order of keys', async () => {
  const one = nodeOf([say('Hi.')], on('', 'END'));
  const two = nodeOf([say('Ho.')], on('', 'END'));
  const hash = await hashFlow(flowOf({ start: one, other: two }));
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(await hashFlow(flowOf({ other: two, start: one }))).toBe(hash);
  expect(await hashFlow(flowOf({ other: one, start: two }))).not.toBe(hash);
});
