import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mostStartsPerSecond, StartGuard } from './start-guard.ts';

const rates = fc.constantFrom(0.5, 1, 3, 5, 10, 30, 100);

function mostWithin(starts: readonly number[], ms: number): number {
  const counts = starts.map((from) => starts.filter((at) => at >= from && at <= from + ms).length);
  return Math.max(0, ...counts);
}

function grants(asked: readonly number[], callsPerSecond: number): number[] {
  const guard = new StartGuard();
  return asked.map((now) => guard.grant(now, callsPerSecond));
}

test('whatever comes, no sliding second holds more than the limit allows', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 300 });
  fc.assert(
    fc.property(rates, gaps, fc.array(fc.nat(9)), (callsPerSecond, waits, refused) => {
      const guard = new StartGuard();
      let now = 0;
      const starts: number[] = [];
      for (const [i, ms] of waits.entries()) {
        now += ms;
        const at = guard.grant(now, callsPerSecond);
        expect(at).toBeGreaterThanOrEqual(now);
        now = Math.max(now, at);
        if (refused[i] === 0) guard.giveBack(at);
        else starts.push(at);
      }
      expect(mostWithin(starts, 1000)).toBeLessThanOrEqual(mostStartsPerSecond(callsPerSecond));
    }),
  );
});

test('who asks for the moment itself keeps the same limit', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 200 });
  fc.assert(
    fc.property(rates, gaps, (callsPerSecond, waits) => {
      const guard = new StartGuard();
      let now = 0;
      const starts: number[] = [];
      for (const ms of waits) {
        now += ms;
        now += guard.tryStart(now, callsPerSecond);
        if (guard.tryStart(now, callsPerSecond) === 0) starts.push(now);
      }
      expect(mostWithin(starts, 1000)).toBeLessThanOrEqual(mostStartsPerSecond(callsPerSecond));
    }),
  );
});

test.each([1, 5, 10, 20, 100])('a steady pace of %d a second never waits', (callsPerSecond) => {
  const asked = Array.from({ length: 300 }, (_, i) => (i * 1000) / callsPerSecond);
  for (const [i, at] of grants(asked, callsPerSecond).entries()) {
    expect(at).toBeCloseTo(asked[i] ?? 0, 6);
  }
});

test.each([0.5, 1, 3, 5, 10, 30, 100])('a backlog uses nearly all of %d a second', (rate) => {
  const starts = grants(Array<number>(1000).fill(0), rate);
  const seconds = ((starts.at(-1) ?? 0) - (starts[0] ?? 0)) / 1000;
  expect((starts.length - 1) / seconds).toBeGreaterThan(0.985 * rate);
  expect((starts.length - 1) / seconds).toBeLessThan(1.05 * rate);
});

test('starts that were held up leave one after another, not all at once', () => {
  const starts = grants([0, 0, 0, 0, 0], 10);
  expect(starts.slice(1).map((at, i) => at - (starts[i] ?? 0))).toEqual([95, 95, 95, 95]);
});

test('timers that fire 20 ms late leave nearly all of a hundred a second', () => {
  const rate = 100;
  const guard = new StartGuard();
  const starts: number[] = [];
  // Everybody waits, and all fire at once: whoever may then starts.
  for (let now = 0; now < 20_000; now += 25) {
    while (guard.tryStart(now, rate) === 0) starts.push(now);
  }
  expect(starts.length / 20).toBeGreaterThan(0.97 * rate);
  expect(mostWithin(starts, 1000)).toBeLessThanOrEqual(mostStartsPerSecond(rate));
});

test('a moment that was given back may be used again', () => {
  const guard = new StartGuard();
  const [first = 0, second = 0] = [guard.grant(0, 1), guard.grant(0, 1)];
  guard.giveBack(second);
  expect(guard.grant(0, 1)).toBe(second);
  guard.giveBack(first + 1);
  expect(guard.grant(0, 1)).toBeGreaterThan(second);
});

test('after a restart the second before counts as full', () => {
  const guard = new StartGuard();
  guard.assumeBusy(10_000, 10);
  const starts = Array.from({ length: 12 }, () => guard.grant(10_000, 10));
  const before = Array.from({ length: 10 }, (_, i) => 10_000 - i * 100);
  expect(mostWithin([...before, ...starts], 1000)).toBeLessThanOrEqual(11);
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
