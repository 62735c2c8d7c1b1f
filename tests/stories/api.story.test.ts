import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  ACCOUNT,
  type ApiHarness,
  CARRIER,
  DATABASES,
  expectProblem,
  expectStatus,
  newKey,
  newTenant,
  owner,
  startApi,
  TENANT,
} from '../support/api-harness.ts';

const SCRIPT = `[start]
Hi {{firstName}}, will you come? Press 1 for yes.
-> 1, @yes: END #confirmed
`;

let api: ApiHarness;
let root: { readonly cookie: string };
beforeAll(async () => {
  api = await startApi();
  root = await owner(api);
});
afterAll(() => api.stop());

const post = (path: string, headers: Readonly<Record<string, string>>, body?: unknown) =>
  api.ask('POST', path, body === undefined ? { headers } : { headers, body });

test('from nothing to a campaign with its contacts', async () => {
  const { id: tenant, key } = await newTenant(api, root);
  expectStatus(await post(`/tenants/${tenant}/numbers`, root, { e164: '+12125550199' }), 201);
  const script = expectStatus(
    await post('/scripts', key, { name: 'Reminder', content: SCRIPT }),
    201,
  );
  const published = await post(`/scripts/${script.body.id}/publish`, key);
  expect(published.body).toMatchObject({ version: 1 });
  const contacts = await post('/contacts', key, {
    contacts: [
      { externalId: 'a', number: '+12125550001', fields: { firstName: 'Maria' } },
      { externalId: 'b', number: '12', fields: {} },
    ],
  });
  expect(contacts.body).toMatchObject({
    contacts: [{ externalId: 'a' }],
    rejected: [{ index: 1, code: 'invalid_number' }],
  });
  const wanted = { name: 'First', scriptId: script.body.id, fromNumber: '+12125550199' };
  const campaign = expectStatus(await post('/campaigns', key, wanted), 201);
  const path = `/campaigns/${campaign.body.id}`;
  const contactIds = (contacts.body.contacts as { id: string }[]).map(({ id }) => id);
  const enrolled = await post(`${path}/contacts`, key, { contactIds });
  expect(enrolled.body).toEqual({ enrolled: 1 });
  const progress = await api.ask('GET', path, { headers: key });
  expect(progress.body).toMatchObject({ state: 'draft', contacts: { pending: 1 }, calls: {} });
  const calls = await api.ask('GET', '/calls', { headers: key });
  expect(calls.body).toEqual({ calls: [], nextCursor: null });

  expectProblem(await post(`${path}/pause`, key), 409, 'conflict');
  expect((await post(`${path}/stop`, key)).body).toEqual({ state: 'stopped' });
  expectProblem(await post(`${path}/launch`, key), 409, 'conflict');

  const other = await newTenant(api, root);
  const taken = await post(`/tenants/${other.id}/numbers`, root, { e164: '+12125550199' });
  expectProblem(taken, 409, 'conflict');
});

test.each([
  { name: 'an empty key', authorization: 'Bearer ' },
  { name: 'a wrong key', authorization: `Bearer dst_${'0'.repeat(12)}_${'a'.repeat(43)}` },
  { name: 'a key without its scheme', authorization: `dst_${'0'.repeat(12)}_${'a'.repeat(43)}` },
  { name: 'something else', authorization: 'Basic dTpw' },
])('$name opens nothing, not even with a good cookie', async ({ authorization }) => {
  for (const path of ['/tenants', '/calls', '/me', '/api-keys']) {
    const answer = await api.ask('GET', path, { headers: { ...root, authorization } });
    expectProblem(answer, 401, 'unauthenticated');
  }
});

test('a key does what its scopes say, until it is revoked or over', async () => {
  const { id, asAdmin } = await newTenant(api, root);
  const reader = await newKey(api, asAdmin, ['calls:read']);
  expectStatus(await api.ask('GET', '/calls', { headers: reader }), 200);
  const wrongScope = await post('/scripts', reader, { name: 'x', content: SCRIPT });
  expectProblem(wrongScope, 403, 'forbidden');
  expect(wrongScope.body.detail).toContain('scripts:write');
  expectProblem(await api.ask('GET', '/users', { headers: reader }), 403, 'forbidden');
  expectProblem(await api.ask('GET', '/tenants', { headers: reader }), 403, 'forbidden');
  expectProblem(await api.ask('GET', '/me', { headers: reader }), 403, 'forbidden');
  const named = { ...reader, 'destiny-tenant': 'ten_other' };
  expectProblem(await api.ask('GET', '/calls', { headers: named }), 404, 'not_found');

  const listed = await api.ask('GET', '/api-keys', { headers: asAdmin });
  const keys = listed.body.keys as { id: string; scopes: string[]; lastUsedAt: number | null }[];
  const own = keys.find(({ scopes }) => scopes.length === 1);
  expect(own?.lastUsedAt).toEqual(expect.any(Number));
  expect(listed.text).not.toContain(reader.authorization.slice(-43));
  const control = await api.control();
  const rows = await control.prepare('SELECT * FROM api_key WHERE tenant_id = ?1').bind(id).all();
  expect(JSON.stringify(rows.results)).not.toContain(reader.authorization.slice(-43));

  expectStatus(await api.ask('DELETE', `/api-keys/${own?.id}`, { headers: asAdmin }), 204);
  expectProblem(await api.ask('GET', '/calls', { headers: reader }), 401, 'unauthenticated');
  const late = { name: 'late', scopes: ['calls:read'], expiresAt: 1 };
  expectProblem(await post('/api-keys', asAdmin, late), 422, 'invalid_input');
  const brief = await newKey(api, asAdmin, ['calls:read']);
  await control.prepare('UPDATE api_key SET expires_at = 1 WHERE tenant_id = ?1').bind(id).run();
  expectProblem(await api.ask('GET', '/calls', { headers: brief }), 401, 'unauthenticated');
});

test('a route that is none is 404', async () => {
  const { key } = await newTenant(api, root);
  expectProblem(await api.ask('GET', '/nothing', { headers: key }), 404, 'not_found');
  expectProblem(await api.ask('DELETE', '/scripts', { headers: key }), 404, 'not_found');
});

test.each(['', '{', 'hello', '{"name": }'])('the body %j is not JSON', async (text) => {
  const answer = await api.ask('POST', '/tenants', { text, headers: root });
  expectProblem(answer, 422, 'invalid_input');
});

test.each(['[]', 'null', '"text"', '7'])('the body %s is JSON but no object', async (text) => {
  const answer = await api.ask('POST', '/tenants', { text, headers: root });
  expectProblem(answer, 422, 'invalid_input');
});

test('a body of another type or size is refused', async () => {
  const xml = { text: '<a/>', headers: { ...root, 'content-type': 'application/xml' } };
  expectProblem(await api.ask('POST', '/tenants', xml), 415, 'unsupported_media_type');
  const large = { text: ' '.repeat(2 * 1024 * 1024 + 1), headers: root };
  expectProblem(await api.ask('POST', '/tenants', large), 413, 'too_large');
});

test('fields that are wrong are named by their paths', async () => {
  const wrong = { ...TENANT, name: '', plan: 'GOLD', callingCodes: ['1', '+44'] };
  const answer = await post('/tenants', root, wrong);
  expectProblem(answer, 422, 'invalid_input');
  expect(answer.body.errors?.map(({ path }) => path).sort()).toEqual([
    'callingCodes.1',
    'name',
    'plan',
  ]);
  const { key } = await newTenant(api, root);
  const row = { externalId: 'a', number: '+12125550001', fields: { age: 7 } };
  const contacts = await post('/contacts', key, { contacts: [row] });
  expectProblem(contacts, 422, 'invalid_input');
  expect(contacts.body.errors).toMatchObject([{ path: 'contacts.0.fields.age' }]);
  const page = await api.ask('GET', '/calls?limit=0', { headers: key });
  expectProblem(page, 422, 'invalid_input');
});

test('a zone or account that is none is refused with what to do', async () => {
  await newTenant(api, root);
  const zone = await post('/tenants', root, { ...TENANT, timeZone: 'Mars/Base' });
  expectProblem(zone, 422, 'invalid_input');
  const carrierAccountSid = `AC${'f'.repeat(32)}`;
  const account = await post('/tenants', root, { ...TENANT, carrierAccountSid });
  expectProblem(account, 404, 'not_found');
});

test('a script that does not compile is saved, and not published', async () => {
  const { key } = await newTenant(api, root);
  const broken = { name: 'Broken', content: '[start]\nHello.\n-> 1: nowhere\n' };
  const saved = expectStatus(await post('/scripts', key, broken), 201);
  const answer = await post(`/scripts/${saved.body.id}/publish`, key);
  expectProblem(answer, 422, 'script_invalid');
  expect(answer.body.errors).toContainEqual(
    expect.objectContaining({ line: 3, column: expect.any(Number), severity: 'error' }),
  );
});

test('health needs no sign-in and lists every database and the voice Worker', async () => {
  const answer = expectStatus(await api.ask('GET', '/health'), 200);
  expect(answer.body).toEqual({
    isHealthy: true,
    checks: [...DATABASES.map((name) => `D1 ${name}`), 'workers/voice'].map((name) => ({
      name,
      isHealthy: true,
      cause: null,
      remedy: null,
    })),
  });
});

test('every answer tells its request, its time and what is left of the budget', async () => {
  const { headers } = await api.ask('GET', '/me', { headers: root });
  expect(headers.get('request-id')).toMatch(/^req_/);
  expect(headers.get('server-timing')).toMatch(/^auth;dur=\d+, work;dur=\d+, total;dur=\d+$/);
  expect(headers.get('ratelimit-policy')).toBe('"requests";q=60000;w=60');
  expect(headers.get('ratelimit')).toMatch(/^"requests";r=\d+;t=0$/);
});

test('what belongs to the voice Worker passes through', async () => {
  const response = await api.fetch('/voice/health');
  expect(await response.text()).toBe('ok');
});

test('an account that a tenant registered is nobody else’s', async () => {
  const [first, second] = [await newTenant(api, root), await newTenant(api, root)];
  const sid = `AC${'b'.repeat(32)}`;
  const own = { headers: first.asAdmin, body: { sid, ...CARRIER } };
  expectStatus(await api.ask('PUT', '/tenant/carrier-account', own), 204);
  const theirs = { headers: second.asAdmin, body: { sid, ...CARRIER } };
  expectProblem(await api.ask('PUT', '/tenant/carrier-account', theirs), 409, 'conflict');
  const platform = { headers: root, body: CARRIER };
  expectProblem(await api.ask('PUT', `/carrier-accounts/${sid}`, platform), 409, 'conflict');
  const taking = { ...TENANT, carrierAccountSid: sid };
  expectProblem(await post('/tenants', root, taking), 404, 'not_found');
  const shared = { headers: first.asAdmin, body: { sid: ACCOUNT, ...CARRIER } };
  expectProblem(await api.ask('PUT', '/tenant/carrier-account', shared), 409, 'conflict');
});
