import { expect, test } from 'vitest';
import { constantTimeEqual, fromBase64, toBase64, toBase64Url, utf8 } from './bytes.ts';

test('base64 round-trips every byte value', () => {
  const bytes = Uint8Array.from({ length: 20_000 }, (_, i) => i % 256);
  expect(fromBase64(toBase64(bytes))).toEqual(bytes);
});

test('base64url has no padding and no reserved characters', () => {
  expect(toBase64Url(new Uint8Array([251, 255, 190, 1]))).toBe('-_--AQ');
});

test.each([
  ['abc', 'abc', true],
  ['abc', 'abd', false],
  ['abc', 'ab', false],
  ['', '', true],
])('constantTimeEqual(%j, %j) is %s', (left, right, equal) =>
  expect(constantTimeEqual(utf8(left), utf8(right))).toBe(equal),
);
