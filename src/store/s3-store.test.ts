import { expect, test } from 'vitest';
import type { Fetch } from '../shared/fetch.ts';
import { S3Store } from './s3-store.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 0, 0);

function storeWith(fetch: Fetch, endpoint = 'https://s3.test/prefix/bucket/') {
  const sleeps: number[] = [];
  const store = new S3Store({
    endpoint,
    accessKeyId: 'id',
    secretAccessKey: 'hunter2',
    fetch,
    clock: { now: () => NOW, sleep: async (ms) => void sleeps.push(ms) },
    random: () => 0.5,
  });
  return { store, sleeps };
}

function statuses(...codes: number[]) {
  const seen: Request[] = [];
  const fetch: Fetch = async (request) => {
    seen.push(request);
    return new Response(null, { status: codes[seen.length - 1] ?? 200 });
  };
  return { fetch, seen };
}

test('signs a path-style request under the endpoint, at the time of the clock', async () => {
  const { fetch, seen } = statuses(200);
  await storeWith(fetch).store.put('t/a b/x.ulaw', new Uint8Array(3), 'audio/ulaw');
  const request = seen[0];
  expect(request?.url).toBe('https://s3.test/prefix/bucket/t/a%20b/x.ulaw');
  expect(request?.headers.get('x-amz-date')).toBe('20261122T120000Z');
  expect(request?.headers.get('content-type')).toBe('audio/ulaw');
  expect(request?.headers.get('authorization')).toContain('id/20261122/auto/s3/aws4_request');
});

test('a put is tried again after 5xx and 429', async () => {
  const { fetch, seen } = statuses(503, 429, 200);
  const { store, sleeps } = storeWith(fetch);
  await store.put('k', new Uint8Array(1), 'audio/ulaw');
  expect(seen).toHaveLength(3);
  expect(sleeps).toEqual([100, 200]);
});

test('a put is not tried again when it is refused', async () => {
  const { fetch, seen } = statuses(403);
  await expect(
    storeWith(fetch).store.put('k', new Uint8Array(1), 'audio/ulaw'),
  ).rejects.toMatchObject({
    code: 'store_failed',
    message: 'The object store answered HTTP 403; check the S3_* settings if this stays.',
  });
  expect(seen).toHaveLength(1);
});

test.each(['get', 'head', 'delete', 'list'] as const)('%s fails at once', async (verb) => {
  const { fetch, seen } = statuses(500);
  await expect(storeWith(fetch).store[verb]('k')).rejects.toMatchObject({ code: 'store_failed' });
  expect(seen).toHaveLength(1);
});

test('a network failure is store_failed and hides the keys', async () => {
  const { store } = storeWith(async () => {
    throw new TypeError('fetch failed');
  });
  const error = await store.get('k').catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'store_failed', details: { httpStatus: null } });
  expect(String(error)).not.toContain('hunter2');
});

test.each(['', 'bucket', 'https://s3.test/bucket?x=1'])('refuses the endpoint %j', (endpoint) => {
  expect(() => storeWith(statuses().fetch, endpoint)).toThrow('Set S3_ENDPOINT');
});
