import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bookSlots, type FairPaceState, IDLE_PACE, type SlotRequest } from './fair-pace.ts';

type Consumer = Pick<SlotRequest, 'tenantId' | 'campaignId' | 'weight'> & {
  /** Slots it asks for at a time, and how much later than told it asks. */
  readonly n: number;
  readonly lateMs: number;
  /** It has work in this time. */
  readonly fromMs: number;
  readonly untilMs: number;
};
type Slot = { readonly at: number; readonly tenantId: string; readonly campaignId: string };

const SECOND = 1000;

/** Consumers side by side on one pacer, whose state is written and read between all requests. */
function run(consumers: readonly Consumer[], callsPerSecond: number): Slot[] {
  let state: FairPaceState = IDLE_PACE;
  const due = consumers.map((consumer) => ({ consumer, at: consumer.fromMs }));
  const slots: Slot[] = [];
  for (;;) {
    const next = due.reduce((first, one) => (one.at < first.at ? one : first));
    if (next.at === Number.POSITIVE_INFINITY) return slots;
    const { tenantId, campaignId, weight, n, lateMs, untilMs } = next.consumer;
    const request = { tenantId, campaignId, weight, n, now: next.at, callsPerSecond };
    const answer = bookSlots(JSON.parse(JSON.stringify(state)), request);
    state = answer.state;
    for (const delayMs of answer.slots.delaysMs) {
      slots.push({ at: next.at + delayMs, tenantId, campaignId });
    }
    next.at += answer.slots.askAgainMs + lateMs;
    if (next.at >= untilMs) next.at = Number.POSITIVE_INFINITY;
  }
}

const busy = (changed: Partial<Consumer> = {}): Consumer => ({
  tenantId: 'ten_1',
  campaignId: 'cmp_1',
  weight: 1,
  n: 20,
  lateMs: 0,
  fromMs: 0,
  untilMs: 140 * SECOND,
  ...changed,
});

/** Slots of each key in 100 s: from when the first has given back what it booked alone. */
function counts(slots: readonly Slot[], keyOf: (slot: Slot) => string): Map<string, number> {
  const settled = slots.filter(({ at }) => at >= 30 * SECOND && at < 130 * SECOND);
  return new Map([...Map.groupBy(settled, keyOf)].map(([key, own]) => [key, own.length]));
}

const tenantOf = (slot: Slot) => slot.tenantId;
const campaignOf = (slot: Slot) => `${slot.tenantId}/${slot.campaignId}`;

/** Within a tenth of what is its share, and one slot for each end of the time. */
function expectShare(found: number | undefined, expected: number): void {
  expect(Math.abs((found ?? 0) - expected)).toBeLessThanOrEqual(expected * 0.1 + 2);
}

const anyConsumer = fc.record({
  tenant: fc.integer({ min: 1, max: 4 }),
  campaign: fc.integer({ min: 1, max: 3 }),
  n: fc.integer({ min: 1, max: 40 }),
  lateMs: fc.integer({ min: 0, max: 250 }),
  fromMs: fc.integer({ min: 0, max: 5000 }),
});
const anyConsumers = fc
  .array(anyConsumer, { minLength: 1, maxLength: 12 })
  .map((all) =>
    all.map(({ tenant, campaign, ...rest }) =>
      busy({ tenantId: `ten_${tenant}`, campaignId: `cmp_${campaign}`, ...rest }),
    ),
  );
const anyRate = fc.constantFrom(2, 5, 10, 30, 100);

test('whoever asks, however often and late: tenants get equal shares, and so do their campaigns', () => {
  fc.assert(
    fc.property(anyConsumers, anyRate, (consumers, callsPerSecond) => {
      // One request has to bring as much as is worked off until the next.
      const able = consumers.map((one) => ({ ...one, n: Math.max(one.n, callsPerSecond * 2) }));
      const slots = run(able, callsPerSecond);
      const campaigns = Map.groupBy(
        new Set(able.map((one) => `${one.tenantId}/${one.campaignId}`)),
        (key) => key.split('/')[0] ?? '',
      );
      const perTenant = (100 * callsPerSecond) / campaigns.size;
      const found = counts(slots, tenantOf);
      const foundOfCampaign = counts(slots, campaignOf);
      for (const [tenantId, own] of campaigns) {
        expectShare(found.get(tenantId), perTenant);
        for (const key of own) expectShare(foundOfCampaign.get(key), perTenant / own.length);
      }
    }),
    { numRuns: 60 },
  );
});

test('while anybody has work the whole pace is used, and never more', () => {
  fc.assert(
    fc.property(anyConsumers, anyRate, (consumers, callsPerSecond) => {
      const able = consumers.map((one) => ({ ...one, n: Math.max(one.n, callsPerSecond * 2) }));
      const slots = run(able, callsPerSecond);
      const used = counts(slots, () => 'all').get('all') ?? 0;
      expect(used).toBeGreaterThanOrEqual(0.99 * 100 * callsPerSecond);
      expect(used).toBeLessThanOrEqual(100 * callsPerSecond + 1 + callsPerSecond * 0.25);
    }),
    { numRuns: 60 },
  );
});

test('five consumers of one tenant get no more than one of another', () => {
  const crowd = Array.from({ length: 5 }, (_, i) => busy({ lateMs: i * 7 }));
  const found = counts(run([...crowd, busy({ tenantId: 'ten_2' })], 10), tenantOf);
  expectShare(found.get('ten_1'), 500);
  expectShare(found.get('ten_2'), 500);
});

test('shares follow the weights', () => {
  const consumers = [busy({ weight: 3 }), busy({ tenantId: 'ten_2', weight: 1 })];
  const found = counts(run(consumers, 10), tenantOf);
  expectShare(found.get('ten_1'), 750);
  expectShare(found.get('ten_2'), 250);
});

test('a tenant with three campaigns gets no more than one with one', () => {
  const three = ['a', 'b', 'c'].map((campaignId) => busy({ campaignId }));
  const found = counts(run([...three, busy({ tenantId: 'ten_2' })], 10), campaignOf);
  expectShare(found.get('ten_2/cmp_1'), 500);
  for (const id of ['a', 'b', 'c']) expectShare(found.get(`ten_1/${id}`), 500 / 3);
});

test('who asks for little leaves the rest to the others, and waits no longer than they may book', () => {
  const modest = Array.from({ length: 140 }, (_, i) =>
    busy({ tenantId: 'ten_2', n: 2, fromMs: i * SECOND, untilMs: i * SECOND + 1 }),
  );
  const slots = run([busy(), ...modest], 10);
  const found = counts(slots, tenantOf);
  expectShare(found.get('ten_2'), 200);
  expectShare(found.get('ten_1'), 800);
});

test('when one has no more work the other has the whole pace at once', () => {
  const slots = run([busy(), busy({ tenantId: 'ten_2', untilMs: 50 * SECOND })], 10);
  const first = slots.filter(({ tenantId }) => tenantId === 'ten_1');
  const between = (from: number, until: number) =>
    first.filter(({ at }) => at >= from * SECOND && at < until * SECOND).length;
  expectShare(between(20, 50), 150);
  expectShare(between(55, 100), 450);
});

test('nobody has more than two seconds booked, and a newcomer does not wait longer', () => {
  const alone = bookSlots(IDLE_PACE, { ...busy({ n: 100 }), now: 0, callsPerSecond: 10 });
  expect(alone.slots.delaysMs).toHaveLength(20);
  const other = { ...busy({ tenantId: 'ten_2', n: 100 }), now: 0, callsPerSecond: 10 };
  const { delaysMs } = bookSlots(alone.state, other).slots;
  expect(delaysMs).toHaveLength(10);
  expect(delaysMs[0]).toBeLessThanOrEqual(2000);
});

test('fifty campaigns at one call a second: slots never lie more than four seconds ahead', () => {
  const many = Array.from({ length: 50 }, (_, i) =>
    busy({ campaignId: `cmp_${i}`, n: 5, untilMs: 400 * SECOND }),
  );
  const slots = run(many, 1);
  const found = [...Map.groupBy(slots, campaignOf).values()].map((own) => own.length);
  expect(found).toHaveLength(50);
  expect(Math.max(...found) - Math.min(...found)).toBeLessThanOrEqual(2);
});

test('where slots are scarce, a tenant with one campaign gets as much as one with twenty', () => {
  const many = Array.from({ length: 20 }, (_, i) => busy({ campaignId: `cmp_${i}` }));
  const found = counts(run([...many, busy({ tenantId: 'ten_2', lateMs: 150 })], 1), tenantOf);
  expectShare(found.get('ten_1'), 50);
  expectShare(found.get('ten_2'), 50);
});

test('a clock that jumps back gives nothing away', () => {
  const first = bookSlots(IDLE_PACE, { ...busy(), now: 10_000, callsPerSecond: 10 });
  const again = bookSlots(first.state, { ...busy(), now: 5000, callsPerSecond: 10 });
  expect(again.slots.delaysMs).toEqual([]);
});
