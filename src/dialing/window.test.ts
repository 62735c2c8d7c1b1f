import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  DEFAULT_WINDOW,
  isTimeZone,
  isWindowOpen,
  moveIntoWindow,
  withinOuterBound,
} from './window.ts';

const at = (iso: string) => Date.parse(iso);
const iso = (ms: number) => new Date(ms).toISOString();
const NEW_YORK = ['America/New_York'];

test.each([
  { name: 'a minute before nine', when: '2026-07-01T12:59:59Z', open: false },
  { name: 'nine o clock', when: '2026-07-01T13:00:00Z', open: true },
  { name: 'a minute before eight in the evening', when: '2026-07-01T23:59:59Z', open: true },
  { name: 'eight in the evening', when: '2026-07-02T00:00:00Z', open: false },
  { name: 'nine o clock in winter', when: '2026-12-01T14:00:00Z', open: true },
  { name: 'an hour too early in winter', when: '2026-12-01T13:59:59Z', open: false },
])('New York at $name: $open', ({ when, open }) => {
  expect(isWindowOpen(at(when), NEW_YORK, DEFAULT_WINDOW)).toBe(open);
});

test.each([
  { name: 'in the window', from: '2026-07-01T15:00:00Z', to: '2026-07-01T15:00:00.000Z' },
  { name: 'in the night', from: '2026-07-01T06:00:00Z', to: '2026-07-01T13:00:00.000Z' },
  { name: 'in the evening', from: '2026-07-02T00:30:00Z', to: '2026-07-02T13:00:00.000Z' },
  {
    name: 'the night clocks go forward',
    from: '2026-03-08T01:30:00Z',
    to: '2026-03-08T13:00:00.000Z',
  },
  {
    name: 'the night clocks go back',
    from: '2026-11-01T01:30:00Z',
    to: '2026-11-01T14:00:00.000Z',
  },
  { name: 'the end of a year', from: '2026-12-31T23:30:00-03:00', to: '2027-01-01T14:00:00.000Z' },
])('moves a moment $name', ({ from, to }) => {
  expect(iso(moveIntoWindow(at(from), NEW_YORK, DEFAULT_WINDOW) ?? 0)).toBe(to);
});

test('a moved moment is in the window, never earlier, and never more than 25 hours later', () => {
  const zones = fc.constantFrom(
    'America/New_York',
    'Asia/Kolkata',
    'Pacific/Apia',
    'Europe/London',
    'UTC',
  );
  const moments = fc.integer({ min: at('2026-01-01'), max: at('2028-01-01') });
  fc.assert(
    fc.property(zones, moments, (zone, moment) => {
      const moved = moveIntoWindow(moment, [zone], DEFAULT_WINDOW) ?? 0;
      expect(isWindowOpen(moved, [zone], DEFAULT_WINDOW)).toBe(true);
      expect(moved).toBeGreaterThanOrEqual(moment);
      expect(moved - moment).toBeLessThanOrEqual(25 * 3_600_000);
    }),
  );
});

test.each([
  {
    name: 'of two zones opens with the later',
    zones: ['America/New_York', 'America/Los_Angeles'],
    from: '2026-07-01T13:30:00Z',
    to: '2026-07-01T17:00:00.000Z',
  },
  {
    name: 'of two zones closes with the earlier',
    zones: ['America/New_York', 'America/Los_Angeles'],
    from: '2026-07-02T00:30:00Z',
    to: '2026-07-02T17:00:00.000Z',
  },
  {
    name: 'of zones with no common hour never opens',
    zones: ['Asia/Kamchatka', 'America/New_York'],
    from: '2026-07-01T12:00:00Z',
    to: null,
  },
])('the window $name', ({ zones, from, to }) => {
  const moved = moveIntoWindow(at(from), zones, { opensMinute: 600, closesMinute: 1000 });
  expect(moved === null ? null : iso(moved)).toBe(to);
});

test('a window that opens in the hour the clocks skip still opens that day or the next', () => {
  const skipped = { opensMinute: 150, closesMinute: 170 };
  const moved = moveIntoWindow(at('2026-03-08T06:00:00Z'), NEW_YORK, skipped);
  expect(iso(moved ?? 0)).toBe('2026-03-09T06:30:00.000Z');
});

test.each([
  {
    name: 'all day',
    opensMinute: 0,
    closesMinute: 1440,
    left: { opensMinute: 480, closesMinute: 1260 },
  },
  { name: 'only the night', opensMinute: 1300, closesMinute: 1400, left: null },
  {
    name: 'inside',
    opensMinute: 540,
    closesMinute: 1200,
    left: { opensMinute: 540, closesMinute: 1200 },
  },
])('the outer bound leaves of $name what it may', ({ left, name: _, ...window }) => {
  expect(withinOuterBound(window, false)).toEqual(left);
  expect(withinOuterBound(window, true)).toEqual(window);
});

test('knows zones from other words', () => {
  expect(isTimeZone('Europe/Paris')).toBe(true);
  expect(isTimeZone('Paris')).toBe(false);
});
