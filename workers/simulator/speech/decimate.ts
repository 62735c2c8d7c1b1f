/** 16 kHz to 8 kHz: a 63-tap half-band low-pass (Hamming window), every second output kept. */
const TAPS = 63;
const CENTRE = (TAPS - 1) / 2;

const KERNEL = buildKernel();

export function halveRate(samples: Int16Array): Int16Array<ArrayBuffer> {
  const half = new Int16Array(samples.length >> 1);
  for (let out = 0; out < half.length; out += 1) {
    let sum = 0;
    for (let tap = 0; tap < TAPS; tap += 1) {
      sum += (KERNEL[tap] ?? 0) * (samples[out * 2 + tap - CENTRE] ?? 0);
    }
    half[out] = Math.max(-32_768, Math.min(32_767, Math.round(sum)));
  }
  return half;
}

function buildKernel(): Float64Array {
  const kernel = Float64Array.from({ length: TAPS }, (_, tap) => {
    const x = tap - CENTRE;
    const sinc = x === 0 ? 0.5 : Math.sin((Math.PI * x) / 2) / (Math.PI * x);
    return sinc * (0.54 - 0.46 * Math.cos((2 * Math.PI * tap) / (TAPS - 1)));
  });
  const gain = kernel.reduce((sum, value) => sum + value, 0);
  return kernel.map((value) => value / gain);
}
