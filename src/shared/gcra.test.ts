import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type GcraState, reserve } from './gcra.ts';

const pace = fc.record({
  intervalMs: fc.integer({ min: 1, max: 500 }),
  burst: fc.integer({ min: 1, max: 20 }),
});
const calls = fc.array(
  fc.record({ gapMs: fc.integer({ min: 0, max: 1500 }), n: fc.integer({ min: 0, max: 15 }) }),
  { maxLength: 40 },
);

function starts(
  { intervalMs, burst }: { intervalMs: number; burst: number },
  requests: readonly { gapMs: number; n: number }[],
): number[] {
  let state: GcraState = { tat: 0 };
  let now = 1_000_000;
  const all: number[] = [];
  for (const { gapMs, n } of requests) {
    now += gapMs;
    const answer = reserve(state, { now, n, intervalMs, burst });
    state = answer.state;
    all.push(...answer.delaysMs.map((delay) => now + delay));
  }
  return all;
}

test('no window holds more slots than its length allows, plus the burst', () => {
  fc.assert(
    fc.property(pace, calls, fc.integer({ min: 0, max: 5000 }), (limits, requests, windowMs) => {
      const all = starts(limits, requests);
      const most = Math.floor(windowMs / limits.intervalMs) + limits.burst;
      return all.every(
        (from) => all.filter((at) => at >= from && at <= from + windowMs).length <= most,
      );
    }),
    { numRuns: 300 },
  );
});

test('slots are in order, never in the past', () => {
  fc.assert(
    fc.property(pace, calls, (limits, requests) => {
      const all = starts(limits, requests);
      return all.every((at, i) => i === 0 || at >= (all[i - 1] ?? 0)) && all.every((at) => at >= 0);
    }),
  );
});

test('a backlog uses the whole pace', () => {
  fc.assert(
    fc.property(pace, fc.integer({ min: 1, max: 200 }), (limits, n) => {
      const { delaysMs } = reserve({ tat: 0 }, { now: 5_000, n, ...limits });
      const last = Math.max(0, n - limits.burst) * limits.intervalMs;
      return Math.abs((delaysMs.at(-1) ?? 0) - last) < 1e-6;
    }),
  );
});

test('ten a second with a burst of one starts at most eleven in any closed second', () => {
  const { delaysMs } = reserve({ tat: 0 }, { now: 0, n: 12, intervalMs: 100, burst: 1 });
  expect(delaysMs).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1100]);
});

test('a clock that jumps back gives no slot twice', () => {
  const first = reserve({ tat: 0 }, { now: 10_000, n: 3, intervalMs: 100, burst: 1 });
  const second = reserve(first.state, { now: 9_000, n: 1, intervalMs: 100, burst: 1 });
  expect(second.delaysMs).toEqual([1300]);
});
