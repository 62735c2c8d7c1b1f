import { expect, it } from 'vitest';
import { halveRate } from './decimate.ts';

const tone = (hz: number) =>
  Int16Array.from({ length: 16_000 }, (_, n) => 10_000 * Math.sin((2 * Math.PI * hz * n) / 16_000));
const rms = (samples: Int16Array) => {
  const middle = samples.subarray(100, -100);
  return Math.sqrt(middle.reduce((sum, sample) => sum + sample ** 2, 0) / middle.length);
};

it('keeps what a telephone carries and removes what would fold back', () => {
  expect(halveRate(tone(1000))).toHaveLength(8000);
  expect(rms(halveRate(tone(1000)))).toBeCloseTo(10_000 / Math.SQRT2, -2);
  expect(rms(halveRate(tone(3000)))).toBeCloseTo(10_000 / Math.SQRT2, -2);
  expect(rms(halveRate(tone(5000)))).toBeLessThan(30);
  expect(rms(halveRate(tone(7000)))).toBeLessThan(30);
});
