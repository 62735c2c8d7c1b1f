import { expect, test } from 'vitest';
import { decodeMulaw, encodeMulaw } from './mulaw.ts';

const encode = (sample: number) => encodeMulaw(new Int16Array([sample]))[0];
const decode = (byte: number) => decodeMulaw(new Uint8Array([byte]))[0];

test.each([
  [0, 0xff],
  [-1, 0x7f],
  [3, 0xff],
  [4, 0xfe],
  [32_767, 0x80],
  [32_635, 0x80],
  [-32_768, 0x00],
  [1000, 0xce],
  [-1000, 0x4e],
])('encode(%i) is %i', (sample, byte) => expect(encode(sample)).toBe(byte));

test.each([
  [0xff, 0],
  [0x7f, 0],
  [0x80, 32_124],
  [0x00, -32_124],
  [0xfe, 8],
  [0x7e, -8],
])('decode(%i) is %i', (byte, sample) => expect(decode(byte)).toBe(sample));

test('every code survives decoding and encoding, save the second zero', () => {
  const codes = Uint8Array.from({ length: 256 }, (_, i) => i);
  const expected = codes.map((code) => (code === 0x7f ? 0xff : code));
  expect(encodeMulaw(decodeMulaw(codes))).toEqual(expected);
});

test('a sample is never further from its code than half a step of its segment', () => {
  const samples = Int16Array.from({ length: 65_271 }, (_, i) => i - 32_635);
  const codes = encodeMulaw(samples);
  const back = decodeMulaw(codes);
  const far = samples.filter((sample, i) => {
    const halfStep = 4 << ((~(codes[i] ?? 0) >> 4) & 7);
    return Math.abs((back[i] ?? 0) - sample) > halfStep;
  });
  expect([...far]).toEqual([]);
});
