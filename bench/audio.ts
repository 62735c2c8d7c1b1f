import { assemble, clipLoader } from '../src/audio/assemble.ts';
import { ClipCache } from '../src/audio/clip-cache.ts';
import { clipPath } from '../src/audio/clip-path.ts';
import { sentenceKey } from '../src/audio/key.ts';
import { type Recipe, type RecipePart, recipeBytes } from '../src/audio/recipe.ts';
import { tenantAudioSecret } from '../src/audio/tenant-secret.ts';
import { wavHeader } from '../src/audio/wav-header.ts';
import { MemoryStore } from '../src/store/memory-store.ts';
import type { Figure } from './figure.ts';
import { medianMsOfEach, medianMsOfEachSync } from './measure.ts';

const TENANT = 'ten_00000000000000000000000000';
const CLIPS = 6;
/** Three seconds of speech: 8,000 bytes a second. */
const CLIP_BYTES = 24_000;

/** What stands between a request for a prompt and its bytes, the network left out. */
export async function audioBench(): Promise<Figure[]> {
  const secret = await tenantAudioSecret('a secret of the bench with enough entropy', TENANT);
  const keyOf = (text: string) =>
    sentenceKey(secret, {
      voice: 'en-US-Chirp3-HD-Leda',
      language: 'en-US',
      speed: 1,
      normalizerVersion: 0,
      pronunciations: [],
      text,
    });
  const keys = Array.from({ length: CLIPS }, (_, i) => keyOf(`Sentence ${i}.`));
  const parts = (await Promise.all(keys)).map(
    (key): RecipePart => ({ kind: 'static', key, bytes: CLIP_BYTES }),
  );
  const recipe: Recipe = { parts, format: 'wav' };
  const clips = new ClipCache(CLIPS * CLIP_BYTES);
  for (const part of parts) clips.set(clipPath(TENANT, part), new Uint8Array(CLIP_BYTES));
  const load = clipLoader(TENANT, new MemoryStore(), clips);
  const range = { first: 0, last: recipeBytes(recipe) - 1 };

  const sentence = 'You have an appointment with Dr. Rivera on Monday at half past nine.';
  return [
    perSecond(
      `assemble ${CLIPS} clips of ${CLIP_BYTES / 8000} s from memory`,
      await medianMsOfEach(21, 200, () => assemble(recipe, range, load)),
    ),
    perSecond('WAV header', await medianMsOfEachSync(21, 5000, () => wavHeader(CLIP_BYTES))),
    perSecond('sentence key', await medianMsOfEach(21, 500, () => keyOf(sentence))),
  ];
}

function perSecond(what: string, ms: number): Figure {
  return { bench: 'audio', what, value: 1000 / ms, unit: 'a second' };
}
