import { expect, test } from 'vitest';
import { DestinyError } from '../shared/errors.ts';
import { MemoryStore } from '../store/memory-store.ts';
import { type MadeClip, type PrimeInput, primeClips } from './prime.ts';
import { SpeechError, type SpeechRequest } from './speech.ts';

const TENANT = 'ten_1';
const key = (i: number) => `${String(i).padStart(21, 'k')}A`;
const clips = (n: number) =>
  Array.from({ length: n }, (_, i) => ({
    kind: 'static' as const,
    key: key(i),
    text: `Text ${i}.`,
  }));

function setup(speak: (request: SpeechRequest, call: number) => Promise<Uint8Array>) {
  const seen = { calls: 0, now: 0, most: 0, sleeps: [] as number[], slots: 0 };
  const store = new MemoryStore();
  const made: MadeClip[] = [];
  const base: Omit<PrimeInput, 'missing'> = {
    tenant: TENANT,
    voice: 'v',
    language: 'en-US',
    speed: 1,
    priority: 'campaign',
    store,
    speech: {
      synthesize: async (request) => {
        seen.most = Math.max(seen.most, ++seen.now);
        await Promise.resolve();
        seen.now--;
        return speak(request, ++seen.calls);
      },
    },
    pacer: { reserve: async () => ({ delaysMs: [seen.slots++ * 10.5] }) },
    clock: { now: () => 0, sleep: async (ms) => void seen.sleeps.push(ms) },
    random: () => 0.5,
    onMade: async (clip) => void made.push(clip),
  };
  return { base, store, made, seen };
}

const audio = async ({ text }: SpeechRequest) => new Uint8Array(text.length);

test('makes each clip once, stores it, says so, at most six at a time', async () => {
  const { base, store, made, seen } = setup(audio);
  const missing = [...clips(20), ...clips(5)];
  const results = await primeClips({ ...base, missing });
  expect(results).toEqual(
    clips(20).map(({ kind, key, text }) => ({ kind, key, bytes: text.length })),
  );
  expect(made).toHaveLength(20);
  expect(await store.head(`t/${TENANT}/audio/s/${key(3)}.ulaw`)).toEqual({ bytes: 7 });
  expect(seen.calls).toBe(20);
  expect(seen.most).toBeLessThanOrEqual(6);
});

test('waits what the pacer says, in whole milliseconds, for repeated requests too', async () => {
  const { base, seen } = setup(async (request, call) => {
    if (call === 1) throw new SpeechError('rate_limited', 'Quota.', { httpStatus: 429 });
    return audio(request);
  });
  const results = await primeClips({ ...base, missing: clips(1) });
  expect(results).toMatchObject([{ bytes: 7 }]);
  expect(seen.sleeps).toEqual([500, 11]);
});

test('one bad text fails alone', async () => {
  const { base, made } = setup(async (request) => {
    if (request.text === 'Text 1.') throw new SpeechError('invalid', 'Bad text.');
    return audio(request);
  });
  const results = await primeClips({ ...base, missing: clips(3) });
  expect(results.map((result) => 'error' in result)).toEqual([false, true, false]);
  expect(made).toHaveLength(2);
});

test.each([
  ['a refusal', new SpeechError('forbidden', 'The API is off.', { httpStatus: 403 })],
  ['a broken setting', new DestinyError('config_invalid', 'Set GOOGLE_SERVICE_ACCOUNT.')],
])('%s that all requests would meet stops the rest', async (_name, error) => {
  const { base, seen } = setup(async () => {
    throw error;
  });
  const results = await primeClips({ ...base, missing: clips(100) });
  expect(results).toEqual(clips(100).map(({ kind, key }) => ({ kind, key, error })));
  expect(seen.calls).toBeLessThanOrEqual(6);
});

test('one 401 is worth a new signature, a second one is not', async () => {
  const { base, seen } = setup(async () => {
    throw new SpeechError('unauthenticated', 'Expired.', { httpStatus: 401 });
  });
  await primeClips({ ...base, missing: clips(1) });
  expect(seen.calls).toBe(2);
});

test('a store or an index that fails is the error of that clip', async () => {
  const { base } = setup(audio);
  const error = new DestinyError('store_failed', 'Down.');
  const results = await primeClips({
    ...base,
    missing: clips(1),
    onMade: async () => {
      throw error;
    },
  });
  expect(results).toEqual([{ kind: 'static', key: key(0), error }]);
});

test('a text of more than 5,000 bytes takes a slot per piece', async () => {
  const { base, seen } = setup(audio);
  const text = 'Some words here. '.repeat(700);
  const results = await primeClips({ ...base, missing: [{ kind: 'dynamic', key: key(1), text }] });
  expect(results).toMatchObject([{ kind: 'dynamic', key: key(1) }]);
  expect(seen.slots).toBe(3);
});

test('blank text is an error, not an empty clip', async () => {
  const { base, seen } = setup(audio);
  const results = await primeClips({
    ...base,
    missing: [{ kind: 'static', key: key(1), text: ' ' }],
  });
  expect(results).toMatchObject([{ error: { class: 'invalid' } }]);
  expect(seen.calls).toBe(0);
});
