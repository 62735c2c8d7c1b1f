import { expect, test } from 'vitest';
import { isTimeZone, isWindowOpen } from './window.ts';
import { AREA_CODES_BY_ZONES, CALLING_CODES_BY_ZONES } from './zone-table.ts';
import { zonesOf, zonesOfNumber } from './zones.ts';

test.each([
  { of: 'New York', e164: '+12125550123', zones: ['America/New_York'] },
  { of: 'El Paso', e164: '+19155550123', zones: ['America/Denver'] },
  { of: 'Arizona', e164: '+16025550123', zones: ['America/Phoenix'] },
  {
    of: 'the Florida panhandle, in two zones',
    e164: '+18505550123',
    zones: ['America/Chicago', 'America/New_York'],
  },
  { of: 'Puerto Rico', e164: '+17875550123', zones: ['America/Puerto_Rico'] },
  { of: 'Germany', e164: '+4930123456', zones: ['Europe/Berlin'] },
  { of: 'Finland', e164: '+358401234567', zones: ['Europe/Helsinki', 'Europe/Mariehamn'] },
  { of: 'no country', e164: '+999123456', zones: null },
])('a number of $of', ({ e164, zones }) => {
  expect(zonesOfNumber(e164)).toEqual(zones);
});

test('the contact knows better than the number, the number better than the campaign', () => {
  const number = '+12125550123';
  const campaign = 'Europe/Paris';
  expect(zonesOf({ e164: number, timeZone: 'Asia/Tokyo' }, campaign)).toEqual(['Asia/Tokyo']);
  expect(zonesOf({ e164: number, timeZone: null }, campaign)).toEqual(['America/New_York']);
  expect(zonesOf({ e164: '+999123456', timeZone: null }, campaign)).toEqual([campaign]);
});

test('an unknown area code may be called only when it is day from Newfoundland to Hawaii', () => {
  const window = { opensMinute: 540, closesMinute: 1200 };
  const zones = zonesOf({ e164: '+18005550123', timeZone: null }, 'America/New_York');
  const isOpenAt = (iso: string) => isWindowOpen(Date.parse(iso), zones, window);
  expect(isOpenAt('2026-07-01T18:59:00Z')).toBe(false);
  expect(isOpenAt('2026-07-01T19:00:00Z')).toBe(true);
  expect(isOpenAt('2026-07-01T22:29:00Z')).toBe(true);
  expect(isOpenAt('2026-07-01T22:30:00Z')).toBe(false);
});

test('the table names real zones, and no code twice', () => {
  for (const table of [AREA_CODES_BY_ZONES, CALLING_CODES_BY_ZONES]) {
    const zones = Object.keys(table).flatMap((key) => key.split(' '));
    expect(zones.filter((zone) => !isTimeZone(zone))).toEqual([]);
    const codes = Object.values(table).flatMap((list) => list.split(' '));
    expect(new Set(codes).size).toBe(codes.length);
  }
});
