import { expect, test } from 'vitest';
import { sharesOf, splitEvenly } from './tenants.ts';

const every = (ms: number, from: number, count: number) =>
  Array.from({ length: count }, (_, i) => from + i * ms);

test('contacts are split evenly, and nobody is left out', () => {
  expect(splitEvenly([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([
    [1, 4, 7],
    [2, 5],
    [3, 6],
  ]);
});

test('shares count only while all have work: not before the last began, nor after the first ended', () => {
  const early = every(100, 0, 300);
  const late = every(100, 10_000, 100);
  const shares = sharesOf([
    { id: 'ten_a', contacts: 300, firsts: early, all: early },
    { id: 'ten_b', contacts: 100, firsts: late, all: late },
  ]);
  expect(shares).toEqual([
    { id: 'ten_a', contacts: 300, share: 0.5 },
    { id: 'ten_b', contacts: 100, share: 0.5 },
  ]);
});

test('who was called half as often has a third; retries count as starts', () => {
  const firsts = every(200, 0, 100);
  const [a, b] = sharesOf([
    { id: 'ten_a', contacts: 100, firsts, all: [...firsts, ...every(200, 100, 95)].sort() },
    { id: 'ten_b', contacts: 100, firsts, all: firsts },
  ]);
  expect(a?.share).toBeCloseTo(2 / 3, 2);
  expect(b?.share).toBeCloseTo(1 / 3, 2);
});

test('tenants that never worked at the same time have no shares', () => {
  const [a, b] = sharesOf([
    { id: 'ten_a', contacts: 10, firsts: every(100, 0, 10), all: every(100, 0, 10) },
    { id: 'ten_b', contacts: 10, firsts: every(100, 5000, 10), all: every(100, 5000, 10) },
  ]);
  expect([a?.share, b?.share]).toEqual([0, 0]);
});
