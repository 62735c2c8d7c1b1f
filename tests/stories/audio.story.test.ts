import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestHarness } from 'wrangler';
import { clipPath } from '../../src/audio/clip-path.ts';
import { encodeRecipe, type RecipePart } from '../../src/audio/recipe.ts';
import { readMulaw } from '../../src/audio/riff.ts';
import { toBase64Url } from '../../src/shared/bytes.ts';
import { S3Store } from '../../src/store/s3-store.ts';

const TENANT = 'ten_01hzzzzzzzzzzzzzzzzzzzzzzz';
const CLIPS = [8001, 40_000, 1].map((length, i) => new Uint8Array(length).fill(i + 1));
const AUDIO = new Uint8Array(CLIPS.flatMap((clip) => [...clip]));

// The bucket's own Worker comes first: its port serves the S3 API.
const bucket = createTestHarness({ workers: [{ configPath: './wrangler.toml' }] });
let audio: ReturnType<typeof createTestHarness>;
let store: S3Store;
let base = '';

beforeAll(async () => {
  const { url } = await bucket.listen();
  const endpoint = `${url.origin}/cdn-cgi/local/r2/s3/destiny-objects`;
  store = new S3Store({
    endpoint,
    accessKeyId: 'local-access-key',
    secretAccessKey: 'local-secret-key',
    fetch: (request) => fetch(request),
    clock: { now: () => Date.now(), sleep: async () => {} },
    random: Math.random,
  });
  audio = createTestHarness({
    workers: [
      {
        config: {
          name: 'audio',
          main: './tests/stories/fixtures/audio-worker.ts',
          compatibility_date: '2026-11-01',
          vars: { S3_ENDPOINT: endpoint },
        },
      },
    ],
  });
  base = (await audio.listen()).url.origin;
});
afterAll(async () => {
  await audio.close();
  await bucket.close();
});

async function storedPrompt(seed: number): Promise<{ url: string; parts: RecipePart[] }> {
  const parts: RecipePart[] = [];
  for (const [i, clip] of CLIPS.entries()) {
    const key = toBase64Url(new Uint8Array(16).fill(seed + i));
    const part: RecipePart = { kind: 'static', key, bytes: clip.length };
    await store.put(clipPath(TENANT, part), clip, 'audio/ulaw');
    parts.push(part);
  }
  return { url: `${base}/audio/${TENANT}/${encodeRecipe({ parts, format: 'wav' })}`, parts };
}

const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

test('a prompt arrives whole, with its length on the wire, cold, warm and from the edge', async () => {
  const { url, parts } = await storedPrompt(0);
  for (let i = 0; i < 3; i++) {
    const response = await fetch(url, { headers: { 'accept-encoding': 'identity' } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe(String(58 + AUDIO.length));
    expect(response.headers.get('content-type')).toBe('audio/wav');
    expect(readMulaw(await bytesOf(response))).toEqual(AUDIO);
    for (const part of parts) await store.delete(clipPath(TENANT, part));
  }
});

test('HEAD and a range have their lengths too', async () => {
  const { url } = await storedPrompt(10);
  const head = await fetch(url, { method: 'HEAD', headers: { 'accept-encoding': 'identity' } });
  expect(head.headers.get('content-length')).toBe(String(58 + AUDIO.length));
  const part = await fetch(url, {
    headers: { range: 'bytes=58-157', 'accept-encoding': 'identity' },
  });
  expect(part.status).toBe(206);
  expect(part.headers.get('content-length')).toBe('100');
  expect(await bytesOf(part)).toEqual(AUDIO.slice(0, 100));
});

test.each([0, 1, 2])('clip %i gone is 404, now and when asked again', async (missing) => {
  const { url, parts } = await storedPrompt(20 + 10 * missing);
  const part = parts[missing];
  if (part !== undefined) await store.delete(clipPath(TENANT, part));
  for (let i = 0; i < 2; i++) expect((await fetch(url)).status).toBe(404);
});
