import fc from 'fast-check';
import { expect, test } from 'vitest';
import { grantStart, mostStartsPerSecond } from './start-guard.ts';

function startTimes(asked: readonly number[], callsPerSecond: number): number[] {
  let granted: readonly number[] = [];
  return asked.map((now) => {
    const answer = grantStart(granted, now, callsPerSecond);
    granted = answer.granted;
    return now + answer.waitMs;
  });
}

test('whatever comes, no sliding second holds more than the limit allows', () => {
  const rates = fc.constantFrom(0.5, 1, 3, 5, 10, 30, 100);
  const gaps = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 300 });
  fc.assert(
    fc.property(rates, gaps, (callsPerSecond, waits) => {
      let now = 0;
      const asked = waits.map((ms) => {
        now += ms;
        return now;
      });
      const starts = startTimes(asked, callsPerSecond);
      for (const [i, at] of starts.entries()) {
        const within = starts.slice(i).filter((other) => other <= at + 1000).length;
        expect(within).toBeLessThanOrEqual(mostStartsPerSecond(callsPerSecond));
        expect(at).toBeGreaterThanOrEqual(asked[i] ?? 0);
      }
    }),
  );
});

test('a steady pace at the limit never waits', () => {
  const asked = Array.from({ length: 100 }, (_, i) => i * 200);
  expect(startTimes(asked, 5)).toEqual(asked);
});

test('a burst is spread over the seconds that follow', () => {
  expect(startTimes([0, 0, 0, 0, 0], 1)).toEqual([0, 0, 1050, 1050, 2100]);
});

test.each([
  [0.5, 1],
  [1, 2],
  [5, 6],
  [20, 21],
  [100, 105],
])('%d calls a second: at most %d', (callsPerSecond, most) => {
  expect(mostStartsPerSecond(callsPerSecond)).toBe(most);
});
