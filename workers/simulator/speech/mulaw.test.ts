import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMulaw, decodeSample, encodeMulaw, encodeSample, MULAW_SILENCE } from './mulaw.ts';

describe('mu-law', () => {
  it('has the end points of G.711', () => {
    expect(encodeSample(0)).toBe(MULAW_SILENCE);
    expect([0x00, 0x80, 0x7f, 0xff].map(decodeSample)).toEqual([-32_124, 32_124, -0, 0]);
    expect(encodeSample(32_767)).toBe(0x80);
    expect(encodeSample(-32_768)).toBe(0x00);
  });

  it('gives every code back, negative zero apart', () => {
    for (let code = 0; code < 256; code += 1) {
      expect(encodeSample(decodeSample(code))).toBe(code === 0x7f ? MULAW_SILENCE : code);
    }
  });

  it('never falls, is odd, and errs by at most half a step', () => {
    let before = decodeSample(encodeSample(-32_768));
    for (let sample = -32_768; sample < 32_768; sample += 1) {
      const back = decodeSample(encodeSample(sample));
      expect(back).toBeGreaterThanOrEqual(before);
      before = back;
    }
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 32_635 }), (sample) => {
        const back = decodeSample(encodeSample(sample));
        expect(decodeSample(encodeSample(-sample))).toBe(-back);
        expect(Math.abs(back - sample)).toBeLessThanOrEqual(4 + sample / 32);
      }),
    );
  });

  it('keeps a tone 35 dB above its noise', () => {
    const tone = Int16Array.from({ length: 8000 }, (_, n) => 8000 * Math.sin((n * Math.PI) / 9));
    const back = decodeMulaw(encodeMulaw(tone));
    const power = (of: (n: number) => number) =>
      tone.reduce((sum, _, n) => sum + of(n) ** 2, 0) / tone.length;
    const noise = power((n) => (back[n] ?? 0) - (tone[n] ?? 0));
    expect(10 * Math.log10(power((n) => tone[n] ?? 0) / noise)).toBeGreaterThan(35);
  });
});
