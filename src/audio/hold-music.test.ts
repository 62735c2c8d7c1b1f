import { expect, test } from 'vitest';
import { holdMusic } from './hold-music.ts';
import { decodeMulaw } from './mulaw.ts';
import { readMulaw } from './riff.ts';

test('is a mu-law file of twenty seconds that is never silent and never loud', () => {
  const data = readMulaw(holdMusic());
  const samples = decodeMulaw(data);
  expect(samples.length / 8000).toBeCloseTo(20.5, 0);
  for (let at = 0; at < samples.length; at += 800) {
    const part = samples.subarray(at, at + 800);
    const loudest = part.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(loudest).toBeGreaterThan(500);
    expect(loudest).toBeLessThan(20_000);
  }
});

test('is made once', () => expect(holdMusic()).toBe(holdMusic()));
