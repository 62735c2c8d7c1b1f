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
  inboundReserve: 0,
  leaseMs: 60_000,
  ...changed,
});

const most = (delaysMs: readonly number[]) => Math.max(...delaysMs);

test('slots of one reservation are spaced by the pace, two seconds ahead', async () => {
  const { delaysMs, askAgainMs } = await newPacer().reserve(request({ callIds: ids(26) }));
  expect(delaysMs).toHaveLength(20);
  const waits = delaysMs.filter((delay) => delay > 0);
  const gaps = waits.slice(1).map((delay, i) => Math.round(delay - (waits[i] ?? 0)));
  // A quarter of a second's slots at once, the rest at the pace.
  expect(waits.length).toBeGreaterThanOrEqual(17);
  expect(new Set(gaps)).toEqual(new Set([100]));
  expect(askAgainMs).toBeGreaterThan(0);
});

test('reservations side by side share one pace', async () => {
  const pacer = newPacer();
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, i) => pacer.reserve(request({ callIds: ids(5, i * 5) }))),
  );
  const delaysMs = answers.flatMap((answer) => answer.delaysMs);
  expect(delaysMs).toHaveLength(20);
  expect(most(delaysMs)).toBeGreaterThan(1500);
});

test('two tenants get half of the pace each', async () => {
  const clock = manualClock();
  await withClock(newPacer(), clock, async (pacer) => {
    const got = { ten_1: 0, ten_2: 0 };
    for (let i = 0; i < 200; i++) {
      for (const tenantId of ['ten_1', 'ten_1', 'ten_2'] as const) {
        const callIds = Array.from({ length: 20 }, () => crypto.randomUUID());
        got[tenantId] += (await pacer.reserve(request({ tenantId, callIds }))).delaysMs.length;
      }
      clock.advance(250);
    }
    expect(Math.abs(got.ten_1 - got.ten_2)).toBeLessThanOrEqual(25);
    expect(got.ten_1 + got.ten_2).toBeGreaterThan(490);
  });
});

test('each account has a pace of its own', async () => {
  await newPacer().reserve(request({ callIds: ids(100) }));
  expect((await newPacer().reserve(request())).delaysMs).toEqual([0]);
});

test('a restart gives no burst away', async () => {
  const pacer = newPacer();
  await pacer.reserve(request({ callIds: ids(50) }));
  await evictDurableObject(pacer);
  expect((await pacer.reserve(request({ callIds: ids(1, 50) }))).delaysMs).toEqual([]);
  const { delaysMs } = await pacer.reserve(request({ tenantId: 'ten_2', callIds: ids(1, 50) }));
  expect(most(delaysMs)).toBeGreaterThan(1500);
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
  const first = await pacer.reserve(request({ callIds: ids(5), ...limit }));
  expect(first).toMatchObject({ isFull: true, delaysMs: [0, 0, 0] });
  const second = await pacer.reserve(request({ callIds: ids(1, 5), ...limit, tenantId: 'ten_2' }));
  expect(second).toMatchObject({ isFull: true, delaysMs: [] });
  expect(await pacer.inFlight()).toBe(3);
});

test('campaigns leave the reserve to inbound calls, which may take it', async () => {
  const pacer = newPacer();
  const limit = { maxConcurrentCalls: 4, inboundReserve: 2, leaseMs: 60_000 };
  const { delaysMs, isFull } = await pacer.reserve(request({ callIds: ids(4), ...limit }));
  expect([delaysMs.length, isFull]).toEqual([2, true]);
  const inbound = (callId: string) => pacer.placeInbound({ tenantId: 'ten_1', callId, ...limit });
  expect(await inbound('in_1')).toBe(true);
  expect(await inbound('in_1')).toBe(true);
  expect(await inbound('in_2')).toBe(true);
  expect(await inbound('in_3')).toBe(false);
  expect(await pacer.inFlight()).toBe(4);
  await pacer.release(['in_1', 'in_2']);
  expect((await pacer.reserve(request({ callIds: ids(1, 9), ...limit }))).isFull).toBe(true);
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
  expect([again.delaysMs.length, again.isFull]).toEqual([2, true]);
  expect(await pacer.inFlight()).toBe(2);
});

test('a campaign with a pace of its own keeps it, and the others do not wait for it', async () => {
  const clock = manualClock();
  await withClock(newPacer(), clock, async (pacer) => {
    const own = { callsPerSecond: 2, maxConcurrentCalls: null };
    let booked = 0;
    for (let second = 0; second < 30; second++) {
      const callIds = ids(20, second * 100);
      booked += (await pacer.reserve(request({ callIds, own }))).delaysMs.length;
      clock.advance(1000);
    }
    expect(booked).toBeGreaterThanOrEqual(58);
    expect(booked).toBeLessThanOrEqual(62);
    const other = request({ campaignId: 'cmp_2', callIds: ids(20, 9000) });
    expect((await pacer.reserve(other)).delaysMs.length).toBeGreaterThan(10);
  });
});

test('a campaign with places of its own takes no more, and says that it is full', async () => {
  const pacer = newPacer();
  const own = { callsPerSecond: null, maxConcurrentCalls: 3 };
  const first = await pacer.reserve(request({ callIds: ids(5), own }));
  expect(first).toMatchObject({ isFull: true });
  expect(first.delaysMs).toHaveLength(3);
  expect((await pacer.reserve(request({ callIds: ids(1, 50), own }))).delaysMs).toEqual([]);
  const other = request({ campaignId: 'cmp_2', callIds: ids(2, 60) });
  expect((await pacer.reserve(other)).delaysMs).toHaveLength(2);
  await pacer.release(ids(1));
  expect((await pacer.reserve(request({ callIds: ids(1, 50), own }))).delaysMs).toHaveLength(1);
});

test('a released place is free for another, and releasing it twice frees no more', async () => {
  const pacer = newPacer();
  const limit = { maxConcurrentCalls: 2 };
  await pacer.reserve(request({ callIds: ids(2), ...limit }));
  await pacer.release(['call_0']);
  await pacer.release(['call_0', 'call_unknown']);
  const next = await pacer.reserve(request({ callIds: ids(2, 10), ...limit }));
  expect([next.delaysMs.length, next.isFull]).toEqual([1, true]);
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
    expect(early).toMatchObject({ delaysMs: [], isFull: true });
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

const start = (pacer: DialPacerObject<object>, callId: string) =>
  pacer.start({ callId, callsPerSecond: 10, inMs: 0 });

/** Clock times at which the calls would start: the slot first, then the guard right before. */
function startsOf(count: number, lateMs: readonly number[]): Promise<number[]> {
  const clock = manualClock(0);
  return withClock(newPacer(), clock, async (pacer) => {
    const { delaysMs } = await pacer.reserve(request({ callIds: ids(count) }));
    const starts: number[] = [];
    for (const [i, delay] of delaysMs.entries()) {
      clock.advance(Math.max(0, delay + (lateMs[i] ?? 0) - clock.now()));
      starts.push(clock.now() + ((await start(pacer, `call_${i}`)) ?? Number.NaN));
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
  expect(starts.at(-1)).toBeLessThanOrEqual(2000);
});

test('a refused request gives its moment back: no call started', async () => {
  const clock = manualClock();
  await withClock(newPacer(), clock, async (pacer) => {
    const end = { callId: 'call_0', isRefused: true, queueTimeMs: 0 };
    expect(await start(pacer, 'call_0')).toBe(0);
    await pacer.finish(end, 10);
    expect(await start(pacer, 'call_1')).toBe(0);
    await pacer.finish({ ...end, callId: 'call_1', isRefused: false }, 10);
    expect(await start(pacer, 'call_2')).toBe(95);
  });
});

test('refused requests lower how many may be under way at once', async () => {
  const clock = manualClock();
  await withClock(newPacer(), clock, async (pacer) => {
    for (let i = 0; i < 30; i++) expect(await start(pacer, `call_${i}`)).not.toBeNull();
    // Who was let through ahead of its moment is not under way before it.
    clock.advance(3_000);
    await pacer.finish({ callId: 'call_0', isRefused: true, queueTimeMs: 0 }, 10);
    expect(await start(pacer, 'call_30')).toBeNull();
    clock.advance(15_000 + 5000);
    expect(await start(pacer, 'call_30')).not.toBeNull();
  });
});

test('calls that wait in the carrier slow the slots down, over a restart too', async () => {
  const clock = manualClock();
  const stub = newPacer();
  const queued = { callId: 'call_0', isRefused: false, queueTimeMs: 9000 };
  await withClock(stub, clock, (pacer) => pacer.finish(queued, 10));
  await withClock(stub, clock, async (pacer) => {
    const { delaysMs } = await pacer.reserve(request({ callIds: ids(30) }));
    expect(delaysMs).toHaveLength(16);
    const last = delaysMs.slice(-2);
    expect((last[1] ?? 0) - (last[0] ?? 0)).toBeCloseTo(125);
  });
});

test('when starts fall behind their slots, later slots move: nobody waits at the door', async () => {
  const clock = manualClock();
  await withClock(newPacer(), clock, async (pacer) => {
    await pacer.reserve(request({ callIds: ids(20) }));
    const before = await pacer.reserve(request({ tenantId: 'ten_2', callIds: ids(1, 20) }));
    for (let i = 0; i < 15; i++) await start(pacer, `call_${i}`);
    const after = await pacer.reserve(request({ tenantId: 'ten_3', callIds: ids(1, 21) }));
    expect((after.delaysMs[0] ?? 0) - (before.delaysMs[0] ?? 0)).toBeGreaterThan(400);
  });
});

test('right after a restart no more start than if there had been none', async () => {
  const clock = manualClock();
  const stub = newPacer();
  const starts: number[] = [];
  const ten = async (pacer: DialPacerObject<object>, from: number) => {
    for (let i = from; i < from + 10; i++) {
      starts.push(clock.now() + ((await start(pacer, `call_${i}`)) ?? Number.NaN));
    }
  };
  await withClock(stub, clock, async (pacer) => {
    await pacer.reserve(request({ callIds: ids(20) }));
    await ten(pacer, 0);
  });
  clock.advance(Math.max(...starts) - clock.now());
  await withClock(stub, clock, (pacer) => ten(pacer, 10));
  for (const at of starts) {
    expect(starts.filter((other) => other >= at && other <= at + 1000).length).toBeLessThan(12);
  }
});
