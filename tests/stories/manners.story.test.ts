import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type ApiHarness,
  expectProblem,
  expectStatus,
  newKey,
  newMember,
  newTenant,
  owner,
  startApi,
} from '../support/api-harness.ts';

const CONTENT = '[start]\nHello. Press 1.\n-> 1: END #confirmed\n';

let api: ApiHarness;
let root: { readonly cookie: string };
beforeAll(async () => {
  api = await startApi();
  root = await owner(api);
});
afterAll(() => api.stop());

type Headers = Readonly<Record<string, string>>;
const post = (path: string, headers: Headers, body: unknown) =>
  api.ask('POST', path, { headers, body });

async function newScript(key: Headers, content = CONTENT): Promise<string> {
  return expectStatus(await post('/scripts', key, { name: 'First', content }), 201).body.id ?? '';
}

test('a key that comes again gets the first answer, and nothing is made twice', async () => {
  const { key } = await newTenant(api, root);
  const once = { ...key, 'idempotency-key': 'once' };
  const body = { name: 'Once', content: CONTENT };
  const first = expectStatus(await post('/scripts', once, body), 201);
  const second = expectStatus(await post('/scripts', once, body), 201);
  expect(second.body).toEqual(first.body);
  expect(second.headers.get('idempotency-replayed')).toBe('true');
  expect(first.headers.get('idempotency-replayed')).toBeNull();

  const other = await post('/scripts', once, { ...body, name: 'Another' });
  expectProblem(other, 422, 'idempotency_mismatch');
  const elsewhere = await post('/contacts', once, {
    contacts: [{ externalId: 'a', number: '+12125550001' }],
  });
  expectProblem(elsewhere, 422, 'idempotency_mismatch');
  const listed = await api.ask('GET', '/scripts', { headers: key });
  expect(listed.body.scripts).toHaveLength(1);
});

test('a key is its sender’s own, and a refusal frees it', async () => {
  const { id, key, asAdmin } = await newTenant(api, root);
  const second = await newKey(api, asAdmin, ['scripts:write']);
  const named = { 'idempotency-key': 'same' };
  const body = { name: 'A', content: CONTENT };
  const first = await post('/scripts', { ...key, ...named }, body);
  const other = await post('/scripts', { ...second, ...named }, { ...body, name: 'B' });
  expectStatus(other, 201);
  expect(other.body.id).not.toBe(first.body.id);

  const wanted = { name: 'C', scriptId: 'scr_none', fromNumber: '+12125550140' };
  const refused = { ...key, 'idempotency-key': 'refused' };
  expectProblem(await post('/campaigns', refused, wanted), 404, 'not_found');
  expectStatus(await post(`/tenants/${id}/numbers`, root, { e164: wanted.fromNumber }), 201);
  const scriptId = await newScript(key);
  await post(`/scripts/${scriptId}/publish`, key, {});
  expectStatus(await post('/campaigns', refused, { ...wanted, scriptId }), 201);
});

test('requests with one key at one moment make one thing', async () => {
  const { key } = await newTenant(api, root);
  const once = { ...key, 'idempotency-key': 'race' };
  const body = { name: 'Race', content: CONTENT };
  const answers = await Promise.all(Array.from({ length: 8 }, () => post('/scripts', once, body)));
  for (const answer of answers) expect([201, 409]).toContain(answer.status);
  const listed = await api.ask('GET', '/scripts', { headers: key });
  expect(listed.body.scripts).toHaveLength(1);
});

test('a call needs a key', async () => {
  const { key } = await newTenant(api, root);
  const body = { to: '+12125550001', fromNumber: '+12125550141', scriptId: 'scr_none' };
  const answer = await post('/calls', key, body);
  expectProblem(answer, 422, 'invalid_input');
  expect(answer.body.detail).toContain('Idempotency-Key');
});

test('an edit from an old state is refused, and changes nothing', async () => {
  const { key } = await newTenant(api, root);
  const path = `/scripts/${await newScript(key)}`;
  const etag = (await api.ask('GET', path, { headers: key })).headers.get('etag') ?? '';
  expect(etag).toBe('"1"');
  const edit = (match: Headers, name: string) =>
    api.ask('PATCH', path, { headers: { ...key, ...match }, body: { name } });
  expectProblem(await edit({}, 'Nobody'), 428, 'precondition_required');
  const edited = expectStatus(await edit({ 'if-match': etag }, 'Second'), 200);
  expect(edited.headers.get('etag')).toBe('"2"');
  expectProblem(await edit({ 'if-match': etag }, 'Third'), 412, 'precondition_failed');
  expectProblem(await edit({ 'if-match': '*' }, 'Third'), 412, 'precondition_failed');
  const now = await api.ask('GET', path, { headers: key });
  expect(now.body).toMatchObject({ name: 'Second', revision: 2, content: CONTENT });
});

test('of two edits from one state one wins', async () => {
  const { id } = await newTenant(api, root);
  const path = `/tenants/${id}`;
  const etag = (await api.ask('GET', path, { headers: root })).headers.get('etag') ?? '';
  const edits = ['A', 'B', 'C', 'D'].map((name) =>
    api.ask('PATCH', path, { headers: { ...root, 'if-match': etag }, body: { name } }),
  );
  const statuses = (await Promise.all(edits)).map(({ status }) => status).sort();
  expect(statuses).toEqual([200, 412, 412, 412]);
});

test('pages follow one another without loss or repetition', async () => {
  const { key } = await newTenant(api, root);
  const contacts = Array.from({ length: 25 }, (_, i) => ({
    externalId: `c${i}`,
    number: `+1212555${String(1000 + i)}`,
  }));
  expectStatus(await post('/contacts', key, { contacts }), 200);
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `&cursor=${cursor}`;
    const page = await api.ask('GET', `/contacts?limit=10${query}`, { headers: key });
    seen.push(...(page.body.contacts as { externalId: string }[]).map((one) => one.externalId));
    cursor = page.body.nextCursor as string | null;
  } while (cursor !== null);
  expect(seen).toHaveLength(25);
  expect(new Set(seen).size).toBe(25);
});

test('published versions stay as they are; diff and restore go by them', async () => {
  const { key } = await newTenant(api, root);
  const id = await newScript(key);
  const path = `/scripts/${id}`;
  const publish = () => post(`${path}/publish`, key, {});
  expect((await publish()).body).toMatchObject({ version: 1 });
  expect((await publish()).body).toMatchObject({ version: 1 });
  const edit = { content: CONTENT.replace('Hello.', 'Good day.') };
  const headers = { ...key, 'if-match': '"1"' };
  expectStatus(await api.ask('PATCH', path, { headers, body: edit }), 200);
  const toDraft = await api.ask('GET', `${path}/diff?from=1`, { headers: key });
  const changed = (toDraft.body.lines as { kind: string; text: string }[]).filter(
    ({ kind }) => kind !== 'same',
  );
  expect(changed).toEqual([
    { kind: 'removed', text: 'Hello. Press 1.' },
    { kind: 'added', text: 'Good day. Press 1.' },
  ]);
  expect((await publish()).body).toMatchObject({ version: 2 });
  const versions = await api.ask('GET', `${path}/versions`, { headers: key });
  expect((versions.body.versions as { version: number }[]).map(({ version }) => version)).toEqual([
    2, 1,
  ]);
  const first = await api.ask('GET', `${path}/versions/1`, { headers: key });
  expect(first.body.content).toBe(CONTENT);
  const restored = await api.ask('POST', `${path}/versions/1/restore`, {
    headers: { ...key, 'if-match': '"2"' },
  });
  expect(expectStatus(restored, 200).body).toMatchObject({ content: CONTENT, revision: 3 });
  expect((await publish()).body).toMatchObject({ version: 3 });
});

test('a script whose own tests fail is not published, and preflight says why', async () => {
  const { key, asAdmin } = await newTenant(api, root);
  const content = `${CONTENT}\n@test "says hello"\n  says "words nobody wrote"\n`;
  const id = await newScript(key, content);
  const seen = expectStatus(
    await api.ask('GET', `/scripts/${id}/preflight`, { headers: key }),
    200,
  );
  expect(seen.body, seen.text).toMatchObject({
    canPublish: false,
    tests: [{ name: 'says hello', failure: { line: expect.any(Number) } }],
  });
  const refused = await post(`/scripts/${id}/publish`, key, {});
  expectProblem(refused, 422, 'script_tests_failed');
  expectStatus(await post(`/scripts/${id}/publish?overrideTests=true`, key, {}), 200);
  const log = await api.ask('GET', '/audit?action=script.published', { headers: asAdmin });
  expect(expectStatus(log, 200).body.entries).toMatchObject([
    { target: id, detail: { version: 1, overrideTests: true } },
  ]);
});

test('who acts in a tenant that is not his is seen there, and only for this session', async () => {
  const { id, asAdmin } = await newTenant(api, root);
  const admin = await newMember(api, asAdmin, 'ADMIN');
  const acting = await api.ask('GET', '/tenant', { headers: asAdmin });
  expect(acting.headers.get('destiny-acting-as')).toBe(id);
  const again = { ...(await owner(api)), 'destiny-tenant': id };
  expectProblem(await api.ask('GET', '/tenant', { headers: again }), 403, 'forbidden');

  const log = await api.ask('GET', '/audit?action=act_as.started', { headers: admin.cookie });
  expect(log.body.entries).toMatchObject([
    {
      ...{ actorName: 'owner@destiny.test', isActingAs: true },
      ...{ target: id, detail: { reason: 'stories' } },
    },
  ]);
  const made = await api.ask('GET', '/audit?action=api_key.created', { headers: admin.cookie });
  expect(made.body.entries).toMatchObject([{ isActingAs: true, actorType: 'user' }]);
  expectStatus(await api.ask('DELETE', `/tenants/${id}/act-as`, { headers: root }), 204);
  expectProblem(await api.ask('GET', '/tenant', { headers: asAdmin }), 403, 'forbidden');
});

test('the audit log cannot be changed', async () => {
  const { id } = await newTenant(api, root);
  const control = await api.control();
  for (const sql of [
    "UPDATE audit_entry SET action = 'nothing' WHERE tenant_id = ?1",
    'DELETE FROM audit_entry WHERE tenant_id = ?1',
  ]) {
    await expect(control.prepare(sql).bind(id).run()).rejects.toThrow('append-only');
  }
});

test('a suspended tenant is read and not changed, until it is active again', async () => {
  const { id, key } = await newTenant(api, root);
  const set = async (state: string) => {
    const etag = (await api.ask('GET', `/tenants/${id}`, { headers: root })).headers.get('etag');
    const headers = { ...root, 'if-match': etag ?? '' };
    expectStatus(await api.ask('PATCH', `/tenants/${id}`, { headers, body: { state } }), 200);
  };
  await set('suspended');
  expectStatus(await api.ask('GET', '/scripts', { headers: key }), 200);
  const saving = () => post('/scripts', key, { name: 'x', content: CONTENT });
  expectProblem(await saving(), 403, 'tenant_suspended');
  await set('active');
  expectStatus(await saving(), 201);
});

test('the last ADMIN stays one', async () => {
  const { asAdmin } = await newTenant(api, root);
  await newMember(api, asAdmin, 'ADMIN');
  const members = (await api.ask('GET', '/users', { headers: asAdmin })).body.members;
  const [{ id } = { id: '' }] = members as { id: string }[];
  const demote = { headers: { ...asAdmin, 'if-match': '"1"' }, body: { role: 'AGENT' } };
  expectProblem(await api.ask('PATCH', `/users/${id}`, demote), 409, 'conflict');
  expectProblem(await api.ask('DELETE', `/users/${id}`, { headers: asAdmin }), 409, 'conflict');
  await newMember(api, asAdmin, 'ADMIN');
  expectStatus(await api.ask('PATCH', `/users/${id}`, demote), 200);
});

test('who used up his budget waits, and nobody else does', async () => {
  const small = await startApi({ requestsPerMinute: 40 });
  try {
    const cookie = await owner(small);
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => small.ask('GET', '/me', { headers: cookie })),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(10);
    for (const answer of refused) expectProblem(answer, 429, 'rate_limited');
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused[0]?.headers.get('ratelimit-policy')).toBe('"requests";q=40;w=60');
    expectStatus(await small.ask('GET', '/health'), 200);
  } finally {
    await small.stop();
  }
});
