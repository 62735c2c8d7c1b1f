import fc from 'fast-check';
import { expect, test } from 'vitest';
import { claimFairly, mostWaiting } from './claim-fairly.ts';

type Own = { readonly tenantId: string; readonly due: number; waiting: number };

const claim = async (own: Own, limit: number) => {
  own.waiting = Math.max(own.waiting, Math.min(own.due, limit));
  return own.waiting;
};
const of = (tenantId: string, due: number): Own => ({ tenantId, due, waiting: 0 });

test.each([
  {
    name: 'tenants share alike, however many campaigns they have',
    campaigns: [of('a', 999), of('a', 999), of('a', 999), of('b', 999)],
    waiting: [20, 20, 20, 60],
  },
  {
    name: 'what one tenant does not need the other has',
    campaigns: [of('a', 10), of('b', 999)],
    waiting: [10, 110],
  },
  {
    name: 'what one campaign does not need others have',
    campaigns: [of('a', 0), of('a', 999), of('b', 0), of('c', 999)],
    waiting: [0, 60, 0, 60],
  },
  {
    name: 'what one leaves of a tenant’s last odd part is the next one’s',
    campaigns: [of('a', 29), of('a', 60), of('b', 60), of('c', 1)],
    waiting: [29, 31, 59, 1],
  },
])('$name', async ({ campaigns, waiting }) => {
  await claimFairly(campaigns, 120, claim);
  expect(campaigns.map((one) => one.waiting)).toEqual(waiting);
});

test('never more than all together, and nothing is left while somebody needs it', async () => {
  const own = fc.record({
    tenantId: fc.constantFrom('a', 'b', 'c'),
    due: fc.nat({ max: 300 }),
    waiting: fc.constant(0),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(own, { minLength: 1, maxLength: 8 }), async (campaigns) => {
      const total = 240;
      const all = campaigns.map((one) => ({ ...one }));
      await claimFairly(all, total, claim);
      const waiting = all.reduce((sum, one) => sum + one.waiting, 0);
      const due = all.reduce((sum, one) => sum + one.due, 0);
      expect(waiting).toBeLessThanOrEqual(total);
      expect(waiting).toBe(Math.min(due, total));
    }),
  );
});

test.each([
  { own: { maxCallsPerSecond: null, maxConcurrentCalls: null }, most: Number.POSITIVE_INFINITY },
  { own: { maxCallsPerSecond: 0.1, maxConcurrentCalls: null }, most: 9 },
  { own: { maxCallsPerSecond: null, maxConcurrentCalls: 5 }, most: 60 },
  { own: { maxCallsPerSecond: 0.1, maxConcurrentCalls: 5 }, most: 9 },
])('no more of a campaign wait than its own limits let go: $own', ({ own, most }) => {
  expect(mostWaiting(own, 90)).toBe(most);
});
