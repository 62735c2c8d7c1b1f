import { halveRate } from './decimate.ts';
import type { Voice } from './voice.ts';
import { runWasi } from './wasi.ts';
import { readWav } from './wav.ts';

const FLITE_RATE_HZ = 16_000;

/** The local voice: CMU Flite "slt" as a WebAssembly command, 16 kHz, made half as fast. */
export function fliteVoice(load: () => Promise<WebAssembly.Module>): Voice {
  return {
    name: 'flite-slt',
    speak: async (text, speakingRate) => {
      const module = await load();
      const stretch = (1 / speakingRate).toFixed(3);
      const args = ['flite', '-voice', 'slt', '--setf', `duration_stretch=${stretch}`];
      const wav = readWav(runWasi(module, [...args, '-t', speakable(text), '-o', '/out.wav']));
      if (wav.rateHz !== FLITE_RATE_HZ || wav.bitsPerSample !== 16) {
        throw new Error(`Unexpected voice format: ${wav.rateHz} Hz, ${wav.bitsPerSample} bit`);
      }
      const aligned = wav.data.slice(0, wav.data.byteLength & ~1);
      return halveRate(new Int16Array(aligned.buffer));
    },
  };
}

/** Flite reads ASCII; anything else would be skipped or spelt out. */
function speakable(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .replace(/^$/, '.');
}
