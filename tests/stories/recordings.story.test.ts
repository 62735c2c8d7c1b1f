import { afterAll, beforeAll, expect, test } from 'vitest';
import { LINK_LIVES_MS, signLink } from '../../src/recordings/recording-link.ts';
import { S3Store } from '../../src/store/s3-store.ts';
import {
  APP_URL,
  type ApiHarness,
  AUTH_SECRET,
  expectProblem,
  expectStatus,
  newKey,
  newTenant,
  owner,
  startApi,
} from '../support/api-harness.ts';

const SOUND = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);

let api: ApiHarness;
let tenant: Awaited<ReturnType<typeof newTenant>>;
beforeAll(async () => {
  api = await startApi();
  const { S3_ENDPOINT, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = api.objectStore;
  await new S3Store({
    ...{ endpoint: S3_ENDPOINT, accessKeyId: S3_ACCESS_KEY_ID },
    ...{ secretAccessKey: S3_SECRET_ACCESS_KEY, fetch: (request) => fetch(request) },
    ...{ clock: { now: () => Date.now(), sleep: async () => {} }, random: Math.random },
  }).put('t/x/recordings/1.wav', SOUND, 'audio/x-wav');
  tenant = await newTenant(api, await owner(api));
  const { data } = await api.shards(tenant.id);
  for (const [id, state] of [
    ['rec_1', 'stored'],
    ['rec_2', 'erased'],
    ['rec_3', 'failed'],
  ]) {
    await data
      .prepare(
        `INSERT INTO recording (tenant_id, id, call_id, twilio_sid, source, state, object_key,
          bytes, created_at)
         VALUES (?1, ?2, 'call_1', ?2, 'call', ?3, 't/x/recordings/1.wav', 1000, 1)`,
      )
      .bind(tenant.id, id, state)
      .run();
  }
});
afterAll(async () => {
  await api.stop();
});

async function issue(): Promise<string> {
  const answer = await api.ask('POST', '/recordings/rec_1/url', { headers: tenant.key });
  const url = String(expectStatus(answer, 200).body.url);
  expect(url.startsWith(`${APP_URL}/api/v1/recordings/rec_1/audio?`)).toBe(true);
  return url.slice(APP_URL.length);
}

test('a link plays the sound without a cookie, whole and in parts', async () => {
  const path = await issue();
  const whole = await fetch(api.origin + path);
  expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'audio/x-wav']);
  expect(whole.headers.get('cache-control')).toContain('private');
  expect(new Uint8Array(await whole.arrayBuffer())).toEqual(SOUND);
  for (const [range, from, to] of [
    ['bytes=100-199', 100, 199],
    ['bytes=990-', 990, 999],
    ['bytes=-5', 995, 999],
  ] as const) {
    const part = await fetch(api.origin + path, { headers: { range } });
    expect([part.status, part.headers.get('content-range')]).toEqual([
      206,
      `bytes ${from}-${to}/1000`,
    ]);
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(SOUND.slice(from, to + 1));
  }
});

test('each issue is in the audit log', async () => {
  await issue();
  const log = await api.ask('GET', '/audit', { headers: tenant.asAdmin });
  expect(log.text).toContain('recording.url_issued');
  expect(log.text).toContain('rec_1');
});

test('a link that is changed opens nothing, and what is erased has none', async () => {
  const path = (await issue()).replace('/api/v1', '');
  const other = path.replace(tenant.id, `${tenant.id}x`);
  expectProblem(await api.ask('GET', other), 403, 'forbidden');
  expectProblem(await api.ask('GET', path.replace('rec_1', 'rec_2')), 403, 'forbidden');
  const { key: headers } = tenant;
  const erased = await api.ask('POST', '/recordings/rec_2/url', { headers });
  expectProblem(erased, 409, 'conflict');
  const lacking = await newKey(api, tenant.asAdmin, ['calls:read']);
  const refused = await api.ask('POST', '/recordings/rec_1/url', { headers: lacking });
  expectProblem(refused, 403, 'forbidden');
});

test('a link whose hour is over plays nothing', async () => {
  const issuedTo = 'usr_1';
  const link = { tenantId: tenant.id, recordingId: 'rec_1', issuedTo };
  const ask = async (msAgo: number) => {
    const expiresAt = Date.now() - msAgo + LINK_LIVES_MS;
    const query = await signLink(AUTH_SECRET, { ...link, expiresAt });
    return api.ask('GET', `/recordings/rec_1/audio?${query}`);
  };
  expect((await ask(LINK_LIVES_MS - 60_000)).status).toBe(200);
  expectProblem(await ask(LINK_LIVES_MS + 1), 410, 'link_expired');
});

test('a copy that failed is tried again, and only such a one', async () => {
  const { key: headers } = tenant;
  const again = await api.ask('POST', '/recordings/rec_3/retry', { headers });
  expect(expectStatus(again, 202).body).toEqual({ state: 'pending' });
  const stored = await api.ask('POST', '/recordings/rec_1/retry', { headers });
  expectProblem(stored, 409, 'conflict');
  const none = await api.ask('POST', '/recordings/rec_9/retry', { headers });
  expectProblem(none, 404, 'not_found');
  const log = await api.ask('GET', '/audit', { headers: tenant.asAdmin });
  expect(log.text).toContain('recording.retried');
});
