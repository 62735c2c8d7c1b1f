import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { describe, expect, test } from 'vitest';
import { ClipCache } from '../../audio/clip-cache.ts';
import { type ClipKind, clipPath } from '../../audio/clip-path.ts';
import { encodeRecipe, type RecipeFormat, type RecipePart } from '../../audio/recipe.ts';
import { wavHeader } from '../../audio/wav-header.ts';
import { toBase64Url } from '../../shared/bytes.ts';
import { DestinyError } from '../../shared/errors.ts';
import { MemoryStore } from '../../store/memory-store.ts';
import { type AudioDeps, audioRoutes } from './audio.ts';

const TENANT = 'ten_01hzzzzzzzzzzzzzzzzzzzzzzz';
const OTHER_TENANT = 'ten_01hyyyyyyyyyyyyyyyyyyyyyyy';
const CONTENTS = [new Uint8Array([1, 2, 3]), new Uint8Array([4, 5]), new Uint8Array([6, 7, 8])];
const AUDIO = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]);
const FILE = new Uint8Array([...wavHeader(8), ...AUDIO]);

async function setup(overrides: Partial<AudioDeps> = {}, kind: ClipKind = 'static') {
  const store = new MemoryStore();
  const parts: RecipePart[] = [];
  for (const [i, content] of CONTENTS.entries()) {
    const key = toBase64Url(new Uint8Array(16).fill(i));
    const part: RecipePart = { kind, key, bytes: content.length };
    await store.put(clipPath(TENANT, part), content);
    parts.push(part);
  }
  const app = audioRoutes({
    store,
    clips: new ClipCache(1_000_000),
    health: { failed: () => {} },
    log: () => {},
    newRequestId: () => 'req_1',
    ...overrides,
  });
  const get = async (path: string, init: RequestInit = {}) => {
    const ctx = createExecutionContext();
    const response = await app.request(`https://destiny.test${path}`, init, {}, ctx);
    return { response, settled: () => waitOnExecutionContext(ctx) };
  };
  const path = (format: RecipeFormat = 'wav', tenant = TENANT, list = parts) =>
    `/audio/${tenant}/${encodeRecipe({ parts: list, format })}`;
  return { store, parts, get, path };
}

const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

describe('a prompt', () => {
  test('is a WAV file of its clips, cacheable for ever', async () => {
    const { get, path } = await setup();
    const { response } = await get(path());
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'audio/wav',
      'accept-ranges': 'bytes',
      'cache-control': 'public, max-age=31536000, immutable',
      etag: expect.stringMatching(/^"[\w-]{22}"$/),
    });
    expect(await bytesOf(response)).toEqual(FILE);
  });

  test('is the same again from the memory of the isolate', async () => {
    const { get, path, parts, store } = await setup();
    await bytesOf((await get(path())).response);
    for (const part of parts) await store.delete(clipPath(TENANT, part));
    expect(await bytesOf((await get(path())).response)).toEqual(FILE);
  });

  test('as .ulaw has no header', async () => {
    const { get, path } = await setup();
    const { response } = await get(path('ulaw'));
    expect(response.headers.get('content-type')).toBe('audio/ulaw');
    expect(await bytesOf(response)).toEqual(AUDIO);
  });

  test('answers HEAD with its length and reads nothing', async () => {
    const { get, path } = await setup({ store: failingStore() });
    const { response } = await get(path(), { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe(String(FILE.length));
    expect(response.body).toBeNull();
  });

  test('answers 304 to its own tag and reads nothing', async () => {
    const { get, path } = await setup({ store: failingStore() });
    const etag = (await get(path(), { method: 'HEAD' })).response.headers.get('etag') ?? '';
    const { response } = await get(path(), { headers: { 'if-none-match': etag } });
    expect(response.status).toBe(304);
    expect(response.headers.get('etag')).toBe(etag);
  });
});

describe('ranges', () => {
  test.each([
    ['bytes=0-3', 0, 3],
    ['bytes=57-60', 57, 60],
    ['bytes=61-', 61, 65],
    ['bytes=-2', 64, 65],
  ])('%s', async (range, first, last) => {
    const { get, path } = await setup();
    const { response } = await get(path(), { headers: { range } });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${first}-${last}/66`);
    expect(await bytesOf(response)).toEqual(FILE.slice(first, last + 1));
  });

  test('beyond the end is 416', async () => {
    const { get, path } = await setup();
    const { response } = await get(path(), { headers: { range: 'bytes=66-' } });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe('bytes */66');
  });

  test.each([
    ['several ranges', { range: 'bytes=0-1,3-4' }],
    ['an If-Range of another file', { range: 'bytes=0-1', 'if-range': '"other"' }],
  ])('%s answers everything', async (_name, headers) => {
    const { get, path } = await setup();
    const { response } = await get(path(), { headers });
    expect(response.status).toBe(200);
    expect(await bytesOf(response)).toEqual(FILE);
  });
});

describe('errors', () => {
  test.each([
    ['a malformed recipe', () => `/audio/${TENANT}/nothing.wav`],
    ['a tenant that is no id', (path: string) => path.replace(TENANT, '..%2Fother')],
    ['another tenant', (path: string) => path.replace(TENANT, OTHER_TENANT)],
    ['another length', (path: string) => path.replace('-3.', '-4.')],
  ])('%s is a 404 problem', async (_name, change) => {
    const { get, path } = await setup();
    const { response } = await get(change(path()));
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toMatchObject({ code: 'unknown_audio', requestId: 'req_1' });
  });

  test('a store that is down is 503 with Retry-After', async () => {
    const { get, path } = await setup({ store: failingStore() });
    const { response } = await get(path());
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(await response.json()).toMatchObject({ code: 'store_failed' });
  });

  test('a bug is 500 and shows nothing of itself', async () => {
    const store = failingStore(new TypeError('secret'));
    const { get, path } = await setup({ store });
    const { response } = await get(path());
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
  });

  test.each([0, 1, 2])('clip %i gone is 404, not half a file', async (missing) => {
    const { get, path, parts, store } = await setup();
    await store.delete(clipPath(TENANT, parts[missing] ?? { kind: 'static', key: '' }));
    expect((await get(path('ulaw'))).response.status).toBe(404);
  });
});

describe('the edge cache', () => {
  test('keeps a whole answer and serves it when the clips are gone', async () => {
    const edge = caches.default;
    const { get, path, parts, store } = await setup({ edge, clips: new ClipCache(0) });
    const first = await get(path());
    expect(await bytesOf(first.response)).toEqual(FILE);
    await first.settled();
    for (const part of parts) await store.delete(clipPath(TENANT, part));
    const second = await get(path());
    expect(second.response.headers.get('content-type')).toBe('audio/wav');
    expect(await bytesOf(second.response)).toEqual(FILE);
  });

  test('never keeps what was made of one person, and others keep it for an hour only', async () => {
    const put: string[] = [];
    const { get, path } = await setup({ edge: recordingCache(put) }, 'dynamic');
    const { response } = await get(path());
    expect(response.headers.get('cache-control')).toBe('public, max-age=3600');
    expect(await bytesOf(response)).toEqual(FILE);
    expect(put).toEqual([]);
  });

  test('may fail without harm', async () => {
    const fail = () => Promise.reject(new Error('cache down'));
    const { get, path } = await setup({ edge: { match: fail, put: fail } });
    expect(await bytesOf((await get(path())).response)).toEqual(FILE);
  });

  test('is not asked for ranges and never keeps an error', async () => {
    const put: string[] = [];
    const { get, path } = await setup({ edge: recordingCache(put) });
    await bytesOf((await get(path(), { headers: { range: 'bytes=0-1' } })).response);
    await get(path().replace('-3.', '-4.'));
    expect(put).toEqual([]);
  });
});

function failingStore(error: Error = new DestinyError('store_failed', 'Down.')) {
  const store = new MemoryStore();
  store.get = async () => {
    throw error;
  };
  return store;
}

function recordingCache(put: string[]): Pick<Cache, 'match' | 'put'> {
  return {
    match: async () => undefined,
    put: async (key) => void put.push(String(key)),
  };
}
