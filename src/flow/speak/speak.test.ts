import { describe, expect, test } from 'vitest';
import type { Format } from '../types.ts';
import { momentIn } from './calendar.ts';
import { cardinal, ordinal, yearWords } from './numbers.ts';
import { speakText } from './speak-text.ts';
import { speakValue } from './speak-value.ts';

test.each([
  [0, 'zero', 'zeroth'],
  [12, 'twelve', 'twelfth'],
  [21, 'twenty-one', 'twenty-first'],
  [40, 'forty', 'fortieth'],
  [100, 'one hundred', 'one hundredth'],
  [1234, 'one thousand two hundred thirty-four', 'one thousand two hundred thirty-fourth'],
  [1_000_003, 'one million three', 'one million third'],
  [-5, 'minus five', 'minus fifth'],
])('%d', (value, words, place) => {
  expect(cardinal(value)).toBe(words);
  expect(ordinal(value)).toBe(place);
});

test('years', () =>
  expect([1900, 1905, 1999, 2000, 2005, 2026].map(yearWords)).toEqual([
    'nineteen hundred',
    'nineteen oh five',
    'nineteen ninety-nine',
    'two thousand',
    'two thousand five',
    'twenty twenty-six',
  ]));

describe('formats', () => {
  const spoken = (name: Format['name'], text: string, more: Partial<Format> = {}) =>
    speakValue({ name, ...more }, text);

  test.each<[Format['name'], string, Partial<Format>, string]>([
    ['date', '2026-12-25', {}, 'Friday, December twenty-fifth'],
    ['date', '12/25/2026', { arg: 'short' }, 'December twenty-fifth'],
    ['date', '2026-12-25', { arg: 'long' }, 'Friday, December twenty-fifth, twenty twenty-six'],
    ['date', '2026-12-26T03:00Z', { zone: 'America/New_York' }, 'Friday, December twenty-fifth'],
    ['date', '2026-02-30', {}, '2026-02-30'],
    ['date', 'next week', {}, 'next week'],
    ['date', '2026-12-25', { locale: 'de-DE' }, 'Freitag, 25. Dezember'],
    ['weekday', '2026-12-25', {}, 'Friday'],
    ['time', '14:30', {}, 'two thirty PM'],
    ['time', '9:05 am', {}, 'nine oh five AM'],
    ['time', '12:00', {}, 'noon'],
    ['time', '2026-12-25T19:00:00Z', { zone: 'America/New_York' }, 'two PM'],
    ['time', '25:00', {}, '25:00'],
    ['digits', '40-71', {}, 'four zero seven one'],
    ['digits', '123456', { arg: '3' }, 'one two three, four five six'],
    ['spell', 'ab-7', {}, 'A, B, dash, seven'],
    ['phone', '+15551234567', {}, 'five five five, one two three, four five six seven'],
    [
      'phone',
      '+442071234567',
      {},
      'plus four four two, zero seven one, two three four, five six seven',
    ],
    ['currency', '12.50', {}, 'twelve dollars and fifty cents'],
    ['currency', '$1,000', {}, 'one thousand dollars'],
    ['currency', '0.01', {}, 'one cent'],
    ['currency', '1', { arg: 'GBP' }, 'one pound'],
    ['currency', '3', { locale: 'de-DE' }, '3,00 Euro'],
    ['currency', 'free', {}, 'free'],
    ['number', '1,234.5', {}, 'one thousand two hundred thirty-four point five'],
    ['number', '-2', {}, 'minus two'],
    ['number', '1e400', {}, '1e400'],
    ['ordinal', '3', {}, 'third'],
    ['ordinal', 'last', {}, 'last'],
    ['number', '7', { locale: 'not a locale' }, 'seven'],
  ])('%s of %j %j', (name, text, more, words) => expect(spoken(name, text, more)).toBe(words));
});

test.each([
  [
    'Pay $12.50 by 12/25/2026.',
    'Pay twelve dollars and fifty cents by Friday, December twenty-fifth, twenty twenty-six.',
  ],
  [
    'Call 555-123-4567 at 2:30 pm.',
    'Call five five five, one two three, four five six seven at two thirty PM.',
  ],
  [
    'Your 3rd visit, 50% off 1,200 items',
    'Your third visit, fifty percent off one thousand two hundred items',
  ],
  ['Room B12, order 2026-X, version 1.2.3', 'Room B12, order 2026-X, version 1.2.3'],
])('%j', (text, words) => {
  expect(speakText(text)).toBe(words);
  expect(speakText(speakText(text))).toBe(words);
});

test('the calendar of a zone', () => {
  const at = Date.UTC(2026, 2, 8, 7, 30);
  expect(momentIn('America/New_York', at)).toEqual({ year: 2026, month: 3, day: 8, minutes: 210 });
  expect(momentIn('Nowhere/Else', at).minutes).toBe(450);
});
