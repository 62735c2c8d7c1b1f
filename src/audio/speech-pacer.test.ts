import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  NEW_LANES,
  REQUESTS_PER_MINUTE_MIN,
  reserveSpeech,
  SPEECH_LANES,
  type SpeechPriority,
  speechPaces,
} from './speech-pacer.ts';

type Call = { gapMs: number; n: number; priority: SpeechPriority };

function starts(limit: number, calls: readonly Call[]): number[] {
  let lanes = NEW_LANES;
  let now = 1_000_000;
  const all: number[] = [];
  for (const { gapMs, n, priority } of calls) {
    now += gapMs;
    const answer = reserveSpeech(lanes, { now, n, priority, paces: speechPaces(limit) });
    lanes = answer.lanes;
    all.push(...answer.delaysMs.map((delay) => now + delay));
  }
  return all.sort((a, b) => a - b);
}

const calls = fc.array(
  fc.record({
    gapMs: fc.integer({ min: 0, max: 30_000 }),
    n: fc.integer({ min: 1, max: 40 }),
    priority: fc.constantFrom(...SPEECH_LANES),
  }),
  { maxLength: 25 },
);

test('no 60 s window exceeds the limit of the project', () => {
  fc.assert(
    fc.property(fc.integer({ min: REQUESTS_PER_MINUTE_MIN, max: 1000 }), calls, (limit, list) => {
      const all = starts(limit, list);
      return all.every((from, i) => {
        const end = all.findIndex((at) => at >= from + 60_000);
        return (end === -1 ? all.length : end) - i <= limit;
      });
    }),
    { numRuns: 300 },
  );
});

test('a backlog of campaigns and publishing leaves a call its slot', () => {
  const paces = speechPaces(200);
  let lanes = NEW_LANES;
  for (const priority of ['campaign', 'publish'] as const) {
    ({ lanes } = reserveSpeech(lanes, { now: 0, n: 100, priority, paces }));
  }
  const { delaysMs } = reserveSpeech(lanes, { now: 0, n: 3, priority: 'call', paces });
  expect(delaysMs[0]).toBe(0);
  expect(Math.max(...delaysMs)).toBeLessThan(4000);
});

test('a campaign leaves publishing behind, publishing never the campaign', () => {
  const paces = speechPaces(200);
  const publish = reserveSpeech(NEW_LANES, { now: 0, n: 100, priority: 'publish', paces });
  const campaign = reserveSpeech(publish.lanes, { now: 0, n: 12, priority: 'campaign', paces });
  expect(Math.max(...campaign.delaysMs)).toBe(0);
});

test('what is idle in the lowest lane is used first, so the reserve for calls stays whole', () => {
  const request = { now: 1_000_000, n: 1, priority: 'call', paces: speechPaces(200) } as const;
  const { lanes } = reserveSpeech(NEW_LANES, request);
  expect(lanes.publish.tat).toBeGreaterThan(0);
  expect(lanes.call.tat).toBe(0);
});

test.each([
  ['call', 180],
  ['campaign', 162],
  ['publish', 54],
] as const)('a long backlog of %s alone gets %i a minute', (priority, perMinute) => {
  const paces = speechPaces(200);
  const { delaysMs } = reserveSpeech(NEW_LANES, { now: 0, n: 2000, priority, paces });
  const inSecondMinute = delaysMs.filter((delay) => delay > 60_000 && delay <= 120_000);
  expect(Math.abs(inSecondMinute.length - perMinute)).toBeLessThanOrEqual(1);
});

test('slots of one request are in order', () => {
  const { delaysMs } = reserveSpeech(NEW_LANES, {
    now: 0,
    n: 100,
    priority: 'call',
    paces: speechPaces(200),
  });
  expect(delaysMs).toEqual([...delaysMs].sort((a, b) => a - b));
});
