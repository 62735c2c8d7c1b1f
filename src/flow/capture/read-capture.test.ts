import { expect, test } from 'vitest';
import { type Capture, readCapture } from './read-capture.ts';

/** A Monday. */
const NOW = Date.UTC(2026, 10, 23, 15);

const read = (kind: Capture['kind'], text: string, digits?: number) => {
  const type = /^[0-9*#]+$/.test(text) ? 'dtmf' : 'speech';
  const capture = { type: 'capture', path: 'x', kind, isSensitive: false } as const;
  const sized = digits === undefined ? capture : { ...capture, digits };
  return readCapture(sized, { type, text }, NOW, 'America/New_York');
};

test.each([
  ['1234', '1234'],
  ['1234#', '1234'],
  ['123', null],
  ['one two three four', '1234'],
  ['it is oh double five seven', '0557'],
  ['twelve thirty four', '1234'],
  ['1 2 3 4.', '1234'],
  ['I do not know', null],
])('four digits of %j', (text, value) => expect(read('digits', text, 4)).toBe(value));

test.each([
  ['12252026', '2026-12-25'],
  ['0105', '2027-01-05'],
  ['1340', null],
  ['December 25th', '2026-12-25'],
  ['december twenty fifth twenty twenty seven', '2027-12-25'],
  ['the fifth of January', '2027-01-05'],
  ['May 5, 2027', '2027-05-05'],
  ['tomorrow', '2026-11-24'],
  ['the day after tomorrow please', '2026-11-25'],
  ['next Monday', '2026-11-30'],
  ['on Friday', '2026-11-27'],
  ['the 30th', '2026-11-30'],
  ['12/25/2026', '2026-12-25'],
  ['February 30', null],
  ['whenever you like', null],
])('the date %j', (text, value) => expect(read('date', text)).toBe(value));

test.each([
  ['1430', '14:30'],
  ['930', '09:30'],
  ['two thirty pm', '14:30'],
  ['2:30 p.m.', '14:30'],
  ['at 3', '15:00'],
  ['nine in the morning', '09:00'],
  ['half past four', '16:30'],
  ['quarter to five', '16:45'],
  ['ten past eight pm', '20:10'],
  ['noon', '12:00'],
  ['eight oh five', '08:05'],
  ['12 am', '00:00'],
  ['no idea', null],
])('the time %j', (text, value) => expect(read('time', text)).toBe(value));

test.each([
  ['12', 12],
  ['12*5', 12.5],
  ['twelve hundred', 1200],
  ['two thousand and five', 2005],
  ['about 1,250 I think', 1250],
  ['one point five', 1.5],
  ['minus three', -3],
  ['two three', null],
  ['many', null],
])('the number %j', (text, value) => expect(read('number', text)).toBe(value));

test.each([
  ['1', true],
  ['2', false],
  ['3', null],
  ['yeah sure', true],
  ["no I don't think so", false],
  ['maybe', null],
])('yes or no: %j', (text, value) => expect(read('yesno', text)).toBe(value));

test('text is kept as it was said, but not without end', () => {
  expect(read('text', '  my  knee hurts ')).toBe('my knee hurts');
  expect(read('text', '...')).toBeNull();
  expect(String(read('text', 'ab '.repeat(1000))).length).toBe(500);
});
