import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { expect, test } from 'vitest';
import { segmentsOf } from './segments.ts';

test.each([
  ['', 'GSM-7', 1],
  ['Hello', 'GSM-7', 1],
  ['x'.repeat(160), 'GSM-7', 1],
  ['x'.repeat(161), 'GSM-7', 2],
  ['x'.repeat(306), 'GSM-7', 2],
  ['x'.repeat(307), 'GSM-7', 3],
  ['€'.repeat(80), 'GSM-7', 1],
  ['€'.repeat(81), 'GSM-7', 2],
  // 153 is odd: the escape and its character go over together.
  ['€'.repeat(153), 'GSM-7', 3],
  ['’'.repeat(70), 'UCS-2', 1],
  ['’'.repeat(71), 'UCS-2', 2],
  ['😀'.repeat(35), 'UCS-2', 1],
  ['😀'.repeat(36), 'UCS-2', 2],
])('%j is %s in %i', (text, encoding, segments) => {
  expect(segmentsOf(text)).toEqual({ encoding, segments });
});

test('agrees with the carrier’s own calculator', () => {
  const unit = fc.constantFrom('a', 'Z', ' ', '€', '^', 'é', '’', '😀', 'ж', '\n', '{');
  fc.assert(
    fc.property(fc.string({ unit, minLength: 1, maxLength: 400 }), (text) => {
      const theirs = new SegmentedMessage(text, 'auto', false);
      expect(segmentsOf(text)).toEqual({
        encoding: theirs.encodingName,
        segments: theirs.segmentsCount,
      });
    }),
  );
});
