/** Something that turns text into 16-bit samples at 8 kHz, always the same for the same input. */
export type Voice = {
  readonly name: string;
  readonly speak: (text: string, speakingRate: number) => Promise<Int16Array<ArrayBuffer>>;
};

const MAX_CACHED_BYTES = 16 * 1024 * 1024;

/** Keeps what was spoken lately, oldest out first. */
export function withCache(voice: Voice): Voice {
  const cached = new Map<string, Int16Array<ArrayBuffer>>();
  let bytes = 0;
  return {
    name: voice.name,
    speak: async (text, speakingRate) => {
      const key = `${speakingRate}\n${text}`;
      const known = cached.get(key);
      if (known !== undefined) return known;
      const samples = await voice.speak(text, speakingRate);
      cached.set(key, samples);
      bytes += samples.byteLength;
      for (const [oldest, dropped] of cached) {
        if (bytes <= MAX_CACHED_BYTES) break;
        cached.delete(oldest);
        bytes -= dropped.byteLength;
      }
      return samples;
    },
  };
}
