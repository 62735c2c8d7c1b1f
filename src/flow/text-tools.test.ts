import { expect, test } from 'vitest';
import { editDistance } from './distance.ts';
import { lightStem } from './stem.ts';

test.each([
  ['', '', 0],
  ['cancel', 'cancel', 0],
  ['cancel', 'cancle', 1],
  ['cancel', 'cansel', 1],
  ['cancel', 'cancels', 1],
  ['cancel', 'ancel', 1],
  ['kitten', 'sitting', 3],
  ['ca', 'abc', 3],
])('from %j to %j is %d', (left, right, distance) => {
  expect(editDistance(left, right, 5)).toBe(distance);
  expect(editDistance(right, left, 5)).toBe(distance);
});

test('beyond the limit it only says so', () => expect(editDistance('abcdef', 'uvwxyz', 2)).toBe(3));

test.each([
  ['confirm', 'confirmed', 'confirming', 'confirms'],
  ['cancel', 'cancelled', 'canceled', 'cancelling'],
  ['reschedule', 'rescheduled', 'rescheduling'],
  ['call', 'calls', 'calling'],
])('%s has one stem with its forms', (word, ...forms) => {
  for (const form of forms) expect(lightStem(form)).toBe(lightStem(word));
});

test.each([
  ['yes', 'yet'],
  ['this', 'thing'],
  ['no', 'nos'],
])('%s is not %s', (left, right) => expect(lightStem(left)).not.toBe(lightStem(right)));
