import { expect, test } from 'vitest';
import { estimateFinish, type FinishInput } from './estimate-finish.ts';

const TEN = Date.parse('2026-05-14T14:00:00Z');
const BASE: FinishInput = {
  now: TEN,
  contacts: 3_600,
  callsPerSecond: 1,
  maxConcurrentCalls: 1_000,
  meanCallSeconds: 60,
  sentencesLeft: 0,
  sentencesPerMinute: 200,
  timeZone: 'America/New_York',
  window: { opensMinute: 540, closesMinute: 1200 },
};

test.each([
  { name: 'an hour at one a second', change: {}, at: '2026-05-14T15:00', by: 'pace' },
  {
    name: 'ten calls at once, a minute each',
    change: { maxConcurrentCalls: 10 },
    at: '2026-05-14T20:00',
    by: 'concurrency',
  },
  {
    name: 'speech for two hours',
    change: { sentencesLeft: 24_000 },
    at: '2026-05-14T16:00',
    by: 'speech',
  },
  {
    name: 'eleven hours, over the night',
    change: { contacts: 39_600 },
    at: '2026-05-15T14:00',
    by: 'pace',
  },
  {
    name: 'speech that ends at night',
    change: { sentencesLeft: 200 * 60 * 14 },
    at: '2026-05-15T13:00',
    by: 'speech',
  },
  {
    name: 'a hundred thousand people',
    change: { contacts: 100_000 },
    at: '2026-05-16T19:46',
    by: 'pace',
  },
])('$name ends at $at, bound by $by', ({ change, at, by }) => {
  const estimate = estimateFinish({ ...BASE, ...change });
  expect(new Date(estimate.at ?? 0).toISOString().slice(0, 16)).toBe(at);
  expect(estimate.boundBy).toBe(by);
});

test('nobody left, and a window that never opens, have no end', () => {
  expect(estimateFinish({ ...BASE, contacts: 0 }).at).toBeNull();
  const window = { opensMinute: 600, closesMinute: 600 };
  expect(estimateFinish({ ...BASE, window }).at).toBeNull();
});
