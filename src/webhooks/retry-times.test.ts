import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_TRIES, nextWaitMs, retryAfterMs } from './retry-times.ts';

const DAY_MS = 86_400_000;

test('the tries spread over a day, each wait longer than the one before, then it is over', () => {
  const waits = Array.from({ length: MOST_TRIES - 1 }, (_, i) => nextWaitMs(i + 1, null, 0) ?? 0);
  expect(waits).toEqual([...waits].sort((left, right) => left - right));
  const sum = waits.reduce((total, wait) => total + wait, 0);
  expect(sum).toBeGreaterThan(0.95 * DAY_MS);
  expect(sum * 1.1).toBeLessThan(1.1 * DAY_MS);
  expect(nextWaitMs(MOST_TRIES, null, 0)).toBeNull();
});

test('what a receiver asks for makes a wait longer, never shorter, and never endless', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: MOST_TRIES - 1 }),
      fc.option(fc.nat()),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (tries, asked, random) => {
        const wait = nextWaitMs(tries, asked, random) ?? -1;
        expect(wait).toBeGreaterThanOrEqual(nextWaitMs(tries, null, 0) ?? 0);
        expect(wait).toBeLessThan(DAY_MS / 2);
      },
    ),
  );
});

test.each([
  { header: null, ms: null },
  { header: '120', ms: 120_000 },
  { header: 'Thu, 14 May 2026 14:10:00 GMT', ms: 180_000 },
  { header: 'Thu, 14 May 2026 14:00:00 GMT', ms: null },
  { header: 'soon', ms: null },
  { header: '-5', ms: null },
])('Retry-After: $header', ({ header, ms }) => {
  expect(retryAfterMs(header, Date.parse('2026-05-14T14:07:00Z'))).toBe(ms);
});
