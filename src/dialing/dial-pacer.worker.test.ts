import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { type ManualClock, manualClock } from '../../tests/support/tenant.ts';
import type { DialPacer } from '../../workers/voice/objects.ts';
import { DialPacerObject, type PaceRequest } from './dial-pacer.object.ts';

const { DIAL_PACERS } = env as unknown as {
  readonly DIAL_PACERS: DurableObjectNamespace<DialPacer>;
};

let last = 0;
function newPacer() {
  last += 1;
  return DIAL_PACERS.getByName(`account-${last}`);
}

/** The object on its own storage, with a clock that a test moves. */
function withClock<T>(
  stub: DurableObjectStub<DialPacer>,
  clock: ManualClock,
  work: (pacer: DialPacerObject<object>) => Promise<T>,
): Promise<T> {
  return runInDurableObject(stub, (_: DialPacer, state) => {
    class ManualPacer extends DialPacerObject<object> {
      protected override clock() {
        return clock;
      }
    }
    return work(new ManualPacer(state, {}));
  });
}

const ids = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => `call_${from + i}`);

const request = (changed: Partial<PaceRequest> = {}): PaceRequest => ({
  tenantId: 'ten_1',
  campaignId: 'cmp_1',
  callIds: ids(1),
  callsPerSecond: 10,
  maxConcurrentCalls: 1000,
  leaseMs: 60_000,
  ...changed,
});

const placed = (delaysMs: readonly (number | null)[]) => delaysMs.map((delay) => delay !== null);
const most = (delaysMs: readonly (number | null)[]) =>
  Math.max(...delaysMs.map((delay) => delay ?? 0));

test('slots of one reservation are spaced by the pace', async () => {
  const { delaysMs } = await newPacer().reserve(request({ callIds: ids(26) }));
  const waits = delaysMs.filter((delay) => delay !== null && delay > 0);
  const gaps = waits.slice(1).map((delay, i) => Math.round((delay ?? 0) - (waits[i] ?? 0)));
  // A second's slots at once, the rest at the pace.
  expect(waits).toHaveLength(15);
  expect(new Set(gaps)).toEqual(new Set([100]));
});

test('reservations side by side share one pace', async () => {
  const pacer = newPacer();
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, i) => pacer.reserve(request({ callIds: ids(5, i * 5) }))),
  );
  expect(most(answers.flatMap(({ delaysMs }) => delaysMs))).toBeGreaterThan(3800);
});

test('each account has a pace of its own', async () => {
  await newPacer().reserve(request({ callIds: ids(100) }));
  expect((await newPacer().reserve(request())).delaysMs).toEqual([0]);
});

test('a restart gives no burst away', async () => {
  const pacer = newPacer();
  await pacer.reserve(request({ callIds: ids(50) }));
  await evictDurableObject(pacer);
  const { delaysMs } = await pacer.reserve(request({ callIds: ids(1, 50) }));
  expect(most(delaysMs)).toBeGreaterThan(3500);
});

test('after a silence the pace starts anew', async () => {
  const clock = manualClock();
  await withClock(newPacer(), clock, async (pacer) => {
    await pacer.reserve(request({ callIds: ids(50) }));
    clock.advance(5000);
    expect((await pacer.reserve(request({ callIds: ids(1, 50) }))).delaysMs).toEqual([0]);
  });
});

test('no more calls have a place than the account may run', async () => {
  const pacer = newPacer();
  const limit = { maxConcurrentCalls: 3 };
  const { delaysMs } = await pacer.reserve(request({ callIds: ids(5), ...limit }));
  expect(placed(delaysMs)).toEqual([true, true, true, false, false]);
  const second = await pacer.reserve(request({ callIds: ids(1, 5), ...limit, tenantId: 'ten_2' }));
  expect(second.delaysMs).toEqual([null]);
  expect(await pacer.inFlight()).toBe(3);
});

test('a call without a place takes no slot from the pace', async () => {
  const clock = manualClock();
  await withClock(newPacer(), clock, async (pacer) => {
    await pacer.reserve(request({ callIds: ids(50), maxConcurrentCalls: 1 }));
    expect((await pacer.reserve(request({ callIds: ids(1, 50) }))).delaysMs).toEqual([0]);
  });
});

test('who has a place and asks again keeps it, and takes no second one', async () => {
  const pacer = newPacer();
  const limit = { maxConcurrentCalls: 2 };
  await pacer.reserve(request({ callIds: ids(2), ...limit }));
  const again = await pacer.reserve(request({ callIds: ids(3), ...limit }));
  expect(placed(again.delaysMs)).toEqual([true, true, false]);
  expect(await pacer.inFlight()).toBe(2);
});

test('a released place is free for another, and releasing it twice frees no more', async () => {
  const pacer = newPacer();
  const limit = { maxConcurrentCalls: 2 };
  await pacer.reserve(request({ callIds: ids(2), ...limit }));
  await pacer.release(['call_0']);
  await pacer.release(['call_0', 'call_unknown']);
  const next = await pacer.reserve(request({ callIds: ids(2, 10), ...limit }));
  expect(placed(next.delaysMs)).toEqual([true, false]);
  expect(await pacer.inFlight()).toBe(2);
});

test('places survive a restart', async () => {
  const pacer = newPacer();
  await pacer.reserve(request({ callIds: ids(4) }));
  await evictDurableObject(pacer);
  expect(await pacer.inFlight()).toBe(4);
});

test('a place that nobody released is free when its lease ends, and not before', async () => {
  const clock = manualClock();
  await withClock(newPacer(), clock, async (pacer) => {
    const limit = { maxConcurrentCalls: 1, leaseMs: 60_000 };
    await pacer.reserve(request(limit));
    clock.advance(59_999);
    expect(await pacer.inFlight()).toBe(1);
    const early = await pacer.reserve(request({ callIds: ids(1, 1), ...limit }));
    expect(early.delaysMs).toEqual([null]);
    clock.advance(1);
    expect(await pacer.inFlight()).toBe(0);
    const late = await pacer.reserve(request({ callIds: ids(1, 1), ...limit }));
    expect(late.delaysMs).toEqual([0]);
  });
});

test('asking again makes the lease longer', async () => {
  const clock = manualClock();
  await withClock(newPacer(), clock, async (pacer) => {
    await pacer.reserve(request({ leaseMs: 60_000 }));
    clock.advance(50_000);
    await pacer.reserve(request({ leaseMs: 60_000 }));
    clock.advance(50_000);
    expect(await pacer.inFlight()).toBe(1);
  });
});

/** Clock times at which the calls would start: the slot first, then the guard right before. */
function startsOf(count: number, lateMs: readonly number[]): Promise<number[]> {
  const clock = manualClock(0);
  return withClock(newPacer(), clock, async (pacer) => {
    const { delaysMs } = await pacer.reserve(request({ callIds: ids(count) }));
    const starts: number[] = [];
    for (const [i, delay] of delaysMs.entries()) {
      const due = (delay ?? 0) + (lateMs[i] ?? 0);
      clock.advance(Math.max(0, due - clock.now()));
      starts.push(clock.now() + (await pacer.start(10)));
    }
    return starts;
  });
}

test.each([
  { name: 'when all slots are used in time', lateMs: [] },
  { name: 'when the first ten are two seconds late', lateMs: Array<number>(10).fill(2000) },
  { name: 'when all come at once', lateMs: Array<number>(20).fill(5000) },
])('twenty calls at ten a second: at most eleven in any second, $name', async ({ lateMs }) => {
  const starts = await startsOf(20, lateMs);
  expect(starts).toHaveLength(20);
  for (const at of starts) {
    expect(starts.filter((other) => other >= at && other <= at + 1000).length).toBeLessThan(12);
  }
});

test('at the pace of the account nobody waits at the guard', async () => {
  const starts = await startsOf(20, []);
  expect(starts.at(-1)).toBeLessThanOrEqual(1500);
});
