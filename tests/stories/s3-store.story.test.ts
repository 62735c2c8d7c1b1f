import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestHarness } from 'wrangler';
import { S3Store } from '../../src/store/s3-store.ts';
import { runObjectStoreTests } from '../../src/store/store.suite.ts';

// The credentials and the bucket of the root wrangler.toml; wrangler serves R2's S3 API itself.
const harness = createTestHarness({ workers: [{ configPath: './wrangler.toml' }] });
let origin = '';

beforeAll(async () => {
  origin = (await harness.listen()).url.origin;
});
afterAll(() => harness.close());

function storeWith(secretAccessKey: string): S3Store {
  return new S3Store({
    endpoint: `${origin}/cdn-cgi/local/r2/s3/destiny-objects`,
    accessKeyId: 'local-access-key',
    secretAccessKey,
    fetch: (request) => fetch(request),
    clock: { now: () => Date.now(), sleep: async () => {} },
    random: Math.random,
  });
}

runObjectStoreTests({ make: () => storeWith('local-secret-key') });

test('a wrong secret is refused', async () => {
  await expect(storeWith('wrong').head('k')).rejects.toMatchObject({
    code: 'store_failed',
    details: { httpStatus: 403 },
  });
});

test('the listing goes on with its cursor', async () => {
  const store = storeWith('local-secret-key');
  const names = Array.from({ length: 1001 }, (_, i) => `pages/${String(i).padStart(4, '0')}`);
  for (let i = 0; i < names.length; i += 50) {
    const chunk = names.slice(i, i + 50);
    await Promise.all(chunk.map((name) => store.put(name, new Uint8Array(1), 'audio/ulaw')));
  }
  const first = await store.list('pages/');
  const second = await store.list('pages/', first.cursor ?? '');
  expect([...first.keys, ...second.keys]).toEqual(names);
  expect(second.cursor).toBeNull();
});
