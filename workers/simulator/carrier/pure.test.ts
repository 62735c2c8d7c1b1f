import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dialer } from './dialer.ts';
import { freshness } from './freshness.ts';
import { readPolicy } from './overrides.ts';
import { mostInAnyWindow } from './summary.ts';
import { ManualClock } from './testing.ts';

describe('connection overrides', () => {
  it('has the carrier’s defaults', () => {
    expect(readPolicy('https://app.test/voice?a=1')).toEqual({
      url: 'https://app.test/voice?a=1',
      connectMs: 5000,
      readMs: 15_000,
      totalMs: 15_000,
      retries: 1,
      retryOn: new Set(['ct']),
    });
  });

  it('reads the fragment and leaves it out of the address', () => {
    expect(readPolicy('https://app.test/voice#rc=3&rp=ct,rt,5xx&rt=4000&tt=9000&ct=200')).toEqual({
      url: 'https://app.test/voice',
      connectMs: 200,
      readMs: 4000,
      totalMs: 9000,
      retries: 3,
      retryOn: new Set(['ct', 'rt', '5xx']),
    });
  });

  it('keeps defaults for what is out of range', () => {
    const policy = readPolicy('https://app.test/#rc=9&rt=20000&tt=1&rp=never');
    expect(policy).toMatchObject({ retries: 1, readMs: 15_000, totalMs: 15_000 });
    expect(readPolicy('https://app.test/#rp=all').retryOn.size).toBe(4);
  });
});

describe('the dialer', () => {
  it('starts calls 1/CPS apart, in order', async () => {
    const clock = new ManualClock(0);
    const starts: [string, number][] = [];
    const dialer = new Dialer(
      clock,
      () => 4,
      (sid) => starts.push([sid, clock.now()]),
    );
    for (const sid of ['a', 'b', 'c', 'd']) dialer.add(sid);
    expect(dialer.remove('c')).toBe(true);
    expect(dialer.remove('a')).toBe(false);
    while (dialer.length > 0) await Promise.resolve();
    expect(starts).toEqual([
      ['a', 0],
      ['b', 250],
      ['d', 500],
    ]);
  });

  it('never bunches starts after a late timer', async () => {
    const clock = new ManualClock(0);
    const starts: number[] = [];
    const dialer = new Dialer(
      clock,
      () => 10,
      () => {
        starts.push(clock.now());
        if (starts.length === 2) clock.advance(350);
      },
    );
    for (const sid of ['a', 'b', 'c', 'd']) dialer.add(sid);
    while (dialer.length > 0) await Promise.resolve();
    expect(starts).toEqual([0, 100, 450, 548]);
  });
});

describe('mostInAnyWindow', () => {
  it('counts a half-open sliding window', () => {
    expect(mostInAnyWindow([], 1000)).toBe(0);
    expect(mostInAnyWindow([0, 500, 1000], 1000)).toBe(2);
    expect(mostInAnyWindow([0, 500, 999, 1000, 1400], 1000)).toBe(4);
  });

  it('agrees with counting from every event', () => {
    const times = fc.array(fc.nat(5000)).map((list) => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(times, (list) => {
        const slow = list.map((from) => list.filter((at) => at >= from && at < from + 1000).length);
        expect(mostInAnyWindow(list, 1000)).toBe(Math.max(0, ...slow));
      }),
    );
  });
});

describe('freshness', () => {
  const of = (headers: Record<string, string>) => freshness(new Headers(headers), 1000);
  it.each([
    ['public, max-age=60, immutable', { mayStore: true, freshUntil: 61_000 }],
    ['max-age=60, s-maxage=5', { mayStore: true, freshUntil: 6000 }],
    ['no-store, max-age=60', { mayStore: false, freshUntil: 0 }],
    ['no-cache, max-age=60', { mayStore: false, freshUntil: 0 }],
    ['', { mayStore: false, freshUntil: 0 }],
  ])('reads "%s"', (header, expected) => {
    expect(of({ 'cache-control': header })).toEqual(expected);
  });

  it('keeps what it can ask about again', () => {
    expect(of({ etag: '"x"', 'cache-control': 'no-cache' })).toEqual({
      mayStore: true,
      freshUntil: 0,
    });
  });
});
