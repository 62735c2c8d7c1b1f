import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bookOwnPace, type CampaignPaces, notePaced } from './campaign-pace.ts';

const START = 1_000_000;

function play(asks: readonly { ms: number; n: number }[], callsPerSecond: number): number[] {
  const booked: number[] = [];
  let paces: CampaignPaces = {};
  let now = START;
  for (const { ms, n } of asks) {
    now += ms;
    const request = { campaignId: 'cmp_1', callsPerSecond, n, now };
    const answer = bookOwnPace(paces, request);
    paces = notePaced(paces, { ...request, n: answer.n });
    for (let i = 0; i < answer.n; i++) booked.push(now);
  }
  return booked;
}

test('however it is asked, no stretch of time has more than its share', () => {
  const asks = fc.array(
    fc.record({ ms: fc.integer({ min: 0, max: 3000 }), n: fc.integer({ min: 0, max: 30 }) }),
    { maxLength: 80 },
  );
  fc.assert(
    fc.property(asks, fc.constantFrom(0.2, 1, 3, 10), (all, callsPerSecond) => {
      const booked = play(all, callsPerSecond);
      booked.forEach((from, i) => {
        for (let k = i; k < booked.length; k++) {
          const seconds = ((booked[k] ?? 0) - from) / 1000;
          expect(k - i + 1).toBeLessThanOrEqual((seconds + 1) * callsPerSecond + 1 + 1e-6);
        }
      });
    }),
  );
});

test('who asks again when told to gets all of his pace', () => {
  let paces: CampaignPaces = {};
  let now = START;
  let total = 0;
  while (now < START + 60_000) {
    const request = { campaignId: 'cmp_1', callsPerSecond: 4, n: 50, now };
    const { n, nextInMs } = bookOwnPace(paces, request);
    paces = notePaced(paces, { ...request, n });
    total += n;
    now += Math.max(1, Math.ceil(nextInMs)) + 20;
  }
  expect(total).toBeGreaterThanOrEqual(236);
  expect(total).toBeLessThanOrEqual(245);
});

test('campaigns do not slow each other, and old ones are forgotten', () => {
  const one = notePaced({}, { campaignId: 'a', callsPerSecond: 1, n: 5, now: START });
  expect(bookOwnPace(one, { campaignId: 'b', callsPerSecond: 1, n: 5, now: START }).n).toBe(1);
  expect(bookOwnPace(one, { campaignId: 'a', callsPerSecond: 1, n: 5, now: START }).n).toBe(0);
  const later = { campaignId: 'b', callsPerSecond: 1, n: 1, now: START + 100_000 };
  expect(Object.keys(notePaced(one, later))).toEqual(['b']);
});
