import { expect, test } from 'vitest';
import { instantOf } from './wall-time.ts';

test.each([
  { wall: '2026-05-14T09:00', zone: 'America/New_York', utc: '2026-05-14T13:00:00Z' },
  { wall: '2026-05-14T09:00', zone: 'Asia/Kolkata', utc: '2026-05-14T03:30:00Z' },
  // The day before and after the clocks change.
  { wall: '2026-03-07T09:00', zone: 'America/New_York', utc: '2026-03-07T14:00:00Z' },
  { wall: '2026-03-09T09:00', zone: 'America/New_York', utc: '2026-03-09T13:00:00Z' },
  // Skipped: 02:30 is 03:30. Twice: the first.
  { wall: '2026-03-08T02:30', zone: 'America/New_York', utc: '2026-03-08T07:30:00Z' },
  { wall: '2026-11-01T01:30', zone: 'America/New_York', utc: '2026-11-01T05:30:00Z' },
  { wall: '2026-03-29T01:30', zone: 'Europe/London', utc: '2026-03-29T01:30:00Z' },
  { wall: '2026-10-25T02:30', zone: 'Europe/Berlin', utc: '2026-10-25T00:30:00Z' },
  { wall: '2026-04-05T02:30', zone: 'Australia/Sydney', utc: '2026-04-04T15:30:00Z' },
  { wall: '2026-10-04T02:30', zone: 'Australia/Sydney', utc: '2026-10-03T16:30:00Z' },
])('$wall in $zone', ({ wall, zone, utc }) => {
  expect(new Date(instantOf(wall, zone) ?? 0).toISOString()).toBe(new Date(utc).toISOString());
});

test.each(['2026-02-30T09:00', '2026-13-01T09:00', '2026-05-14', 'soon', '2026-05-14T25:00'])(
  '%s is no time',
  (wall) => expect(instantOf(wall, 'America/New_York')).toBeNull(),
);
