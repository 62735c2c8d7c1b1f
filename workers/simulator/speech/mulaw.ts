/** G.711 mu-law (ITU-T G.711 table 2a): 14-bit range on 16-bit samples, inverted code bits. */
const BIAS = 0x84;
const CLIP = 32_635;

export const MULAW_SILENCE = 0xff;
export const MULAW_RATE_HZ = 8000;

export function encodeSample(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
  const exponent = 31 - Math.clz32(magnitude) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

export function decodeSample(code: number): number {
  const bits = ~code & 0xff;
  const exponent = (bits >> 4) & 0x07;
  const magnitude = ((((bits & 0x0f) << 3) + BIAS) << exponent) - BIAS;
  return bits & 0x80 ? -magnitude : magnitude;
}

export function encodeMulaw(samples: Int16Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(samples, encodeSample);
}

export function decodeMulaw(codes: Uint8Array): Int16Array<ArrayBuffer> {
  return Int16Array.from(codes, decodeSample);
}
