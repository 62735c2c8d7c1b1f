import { expect, test } from 'vitest';
import { flowOf, nodeOf, on, say } from './flow.fixture.ts';
import { canonicalJson, hashFlow } from './hash.ts';

const json = (value: unknown) => new TextDecoder().decode(canonicalJson(value));

test('canonical JSON sorts keys at every depth and keeps the order of lists', () =>
  expect(json({ b: [2, 1, { d: null, c: 'é"' }], a: undefined, A: true })).toBe(
    '{"A":true,"b":[2,1,{"c":"é\\"","d":null}]}',
  ));

test.each([
  ['control characters', 'a\u0007b\n'],
  ['what is outside of ASCII', 'Żółć \u{1f44d}'],
  ['half of a pair', 'x\ud83d'],
  ['more than the first buffer holds', 'é1'.repeat(100_000)],
])('text with %s is written as JSON writes it', (_, text) =>
  expect(json([text, text])).toBe(JSON.stringify([text, text])),
);

test('many keys are sorted too', () => {
  const names = Array.from({ length: 50 }, (_, i) => `k${(i * 7) % 50}`);
  const value = Object.fromEntries(names.map((name) => [name, 1]));
  expect(json(value)).toBe(JSON.stringify(value, [...names].sort()));
});

test('the hash is SHA-256 in hex and does not depend on the order of keys', async () => {
  const one = nodeOf([say('Hi.')], on('', 'END'));
  const two = nodeOf([say('Ho.')], on('', 'END'));
  const hash = await hashFlow(flowOf({ start: one, other: two }));
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(await hashFlow(flowOf({ other: two, start: one }))).toBe(hash);
  expect(await hashFlow(flowOf({ other: one, start: two }))).not.toBe(hash);
});
