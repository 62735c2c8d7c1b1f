import { expect, test } from 'vitest';
import { DEFAULT_RETRY_SECONDS, nextDueAt } from './retry-schedule.ts';
import { DEFAULT_WINDOW } from './window.ts';

const base = { retrySeconds: DEFAULT_RETRY_SECONDS, zones: ['UTC'], window: DEFAULT_WINDOW };

test.each([
  { name: 'first', ordinal: 1, endedAt: '2026-05-04T10:00:00Z', due: '2026-05-04T10:10:00.000Z' },
  { name: 'second', ordinal: 2, endedAt: '2026-05-04T10:00:00Z', due: '2026-05-04T10:30:00.000Z' },
  { name: 'third', ordinal: 3, endedAt: '2026-05-04T10:00:00Z', due: '2026-05-04T12:00:00.000Z' },
  { name: 'late', ordinal: 3, endedAt: '2026-05-04T19:00:00Z', due: '2026-05-05T09:00:00.000Z' },
])('a $name failed attempt is due again in the window', ({ ordinal, endedAt, due }) => {
  const next = nextDueAt({ ...base, ordinal, endedAt: Date.parse(endedAt) });
  expect(next === null ? null : new Date(next).toISOString()).toBe(due);
});

test('after the list there is no next attempt', () => {
  expect(nextDueAt({ ...base, ordinal: 4, endedAt: 0 })).toBeNull();
});
