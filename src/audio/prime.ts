import type { Clock } from '../shared/clock.ts';
import { DestinyError } from '../shared/errors.ts';
import { retry } from '../shared/retry.ts';
import type { ObjectStore } from '../store/store.ts';
import type { ClipCache } from './clip-cache.ts';
import { type ClipRef, clipPath } from './clip-path.ts';
import type { Pronunciation } from './pronunciation.ts';
import { type Speech, SpeechError, type SpeechRequest } from './speech.ts';
import type { SpeechPriority, SpeechSlots } from './speech-pacer.ts';
import { decideSpeechRetry } from './speech-retry.ts';
import { speakAll } from './split.ts';

export type MadeClip = ClipRef & { readonly bytes: number };
export type PrimeResult = MadeClip | (ClipRef & { readonly error: unknown });

/** A clip to make: the words, and those of them that are spoken in a way of their own. */
export type ClipOrder = ClipRef & {
  readonly text: string;
  readonly pronunciations?: readonly Pronunciation[];
};

export type PrimeInput = {
  readonly tenant: string;
  /** Clips the caller's index does not have; the same one twice is made once. */
  readonly missing: readonly ClipOrder[];
  readonly voice: string;
  readonly language: string;
  readonly speed: number;
  readonly priority: SpeechPriority;
  readonly speech: Speech;
  readonly store: ObjectStore;
  /** Holds what was made for calls of the same isolate. */
  readonly clips?: ClipCache;
  readonly pacer: SpeechSlots;
  readonly clock: Clock;
  readonly random: () => number;
  /** Called once per clip when its audio is stored: the moment to index it. */
  readonly onMade?: (clip: MadeClip) => Promise<void>;
};

/** A Worker's invocation has at most six connections open at once. */
const IN_FLIGHT_MAX = 6;

/**
 * Makes and stores the audio that is missing; answers one result per different clip, in order.
 * Never throws: a clip that could not be made carries the error. After an error that every other
 * request would meet too (bad credentials, API off) the rest is not tried.
 */
export async function primeClips(input: PrimeInput): Promise<PrimeResult[]> {
  const orders = [...new Map(input.missing.map((clip) => [clipPath('', clip), clip])).values()];
  const results: PrimeResult[] = [];
  let next = 0;
  let refusal: unknown = null;

  const worker = async () => {
    for (let i = next++; i < orders.length; i = next++) {
      const order = orders[i];
      if (order === undefined) return;
      const { kind, key } = order;
      if (refusal !== null) {
        results[i] = { kind, key, error: refusal };
        continue;
      }
      try {
        results[i] = await makeClip(input, order);
      } catch (error) {
        if (isForAll(error)) refusal = error;
        results[i] = { kind, key, error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(IN_FLIGHT_MAX, orders.length) }, worker));
  return results;
}

async function makeClip(
  input: PrimeInput,
  { kind, key, text, pronunciations = [] }: ClipOrder,
): Promise<MadeClip> {
  const { voice, language, speed } = input;
  const request = { text, voice, language, speed, pronunciations };
  const audio = await speakAll(paced(input), request);
  if (audio.length === 0) throw new SpeechError('invalid', 'There is nothing to say.');
  const path = clipPath(input.tenant, { kind, key });
  await input.store.put(path, audio, 'audio/ulaw');
  input.clips?.set(path, audio);
  const made: MadeClip = { kind, key, bytes: audio.length };
  await input.onMade?.(made);
  return made;
}

/** Every request takes a slot, the repeated ones too: the quota counts them all. */
function paced({ speech, pacer, priority, clock, random }: PrimeInput): Speech {
  return {
    synthesize: (request: SpeechRequest) =>
      retry(
        async () => {
          const { delaysMs } = await pacer.reserve({ n: 1, priority });
          const delayMs = Math.ceil(delaysMs[0] ?? 0);
          if (delayMs > 0) await clock.sleep(delayMs);
          return speech.synthesize(request);
        },
        { decide: decideSpeechRetry, clock, random },
      ),
  };
}

function isForAll(error: unknown): boolean {
  if (error instanceof DestinyError) return error.code === 'config_invalid';
  return (
    error instanceof SpeechError &&
    (error.class === 'unauthenticated' || error.class === 'forbidden')
  );
}
