import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestHarness } from 'wrangler';

const TOKEN = 'the token of the stories';
const ENCRYPTION_KEYS = `test:${Buffer.alloc(32, 7).toString('base64')}`;
const ACCOUNT = `AC${'0'.repeat(32)}`;
const SCRIPT = `[start]
Hi {{firstName}}, will you come? Press 1 for yes.
-> 1, @yes: END #confirmed
`;

// The port belongs to the first Worker, as under `npm start`.
const harness = createTestHarness({
  workers: [
    {
      configPath: './workers/api/wrangler.toml',
      vars: { API_TOKEN: TOKEN, ENCRYPTION_KEYS },
    },
    {
      configPath: './wrangler.toml',
      vars: {
        ENCRYPTION_KEYS,
        PUBLIC_BASE_URL: 'https://voice.test',
        AUDIO_SECRET: 'the audio secret of the stories',
        TWILIO_BASE_URL: 'http://127.0.0.1:1',
        GOOGLE_TTS_BASE_URL: 'http://127.0.0.1:1',
        GOOGLE_SERVICE_ACCOUNT: '{}',
        S3_ENDPOINT: 'http://127.0.0.1:1/destiny-objects',
        S3_ACCESS_KEY_ID: 'local-access-key',
        S3_SECRET_ACCESS_KEY: 'local-secret-key',
      },
    },
  ],
});

const DATABASES = ['CONTROL', 'DATA_0', 'DATA_1', 'EVENTS_0', 'EVENTS_1'];

beforeAll(async () => {
  await harness.listen();
  const api = harness.getWorker('destiny-api');
  for (const name of DATABASES) await api.applyD1Migrations(name);
});
afterAll(() => harness.close());

type Answer = { readonly status: number; readonly headers: Headers; readonly body: Body };
/** Fields of any answer; a test names those it reads. */
type Body = {
  readonly id?: string;
  readonly code?: string;
  readonly detail?: string;
  readonly requestId?: string;
  readonly errors?: readonly Record<string, unknown>[];
  readonly [field: string]: unknown;
};

async function ask(
  method: string,
  path: string,
  options: {
    readonly body?: unknown;
    readonly text?: string;
    readonly token?: string | null;
    readonly tenant?: string;
  } = {},
): Promise<Answer> {
  const { token = `Bearer ${TOKEN}`, tenant, body, text } = options;
  const response = await harness.fetch(`/api/v1${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: token }),
      ...(tenant === undefined ? {} : { 'destiny-tenant': tenant }),
    },
    ...(text === undefined && body === undefined ? {} : { body: text ?? JSON.stringify(body) }),
  });
  const answer = await response.text();
  return {
    status: response.status,
    headers: new Headers([...response.headers]),
    body: answer === '' ? {} : JSON.parse(answer),
  };
}

/** What every error has, and never has. */
function expectProblem(answer: Answer, status: number, code: string): void {
  expect(answer.status, JSON.stringify(answer.body)).toBe(status);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.body).toMatchObject({
    code,
    status,
    type: `urn:destiny:problem:${code}`,
    detail: expect.stringMatching(/\w.*\.$/),
    requestId: expect.stringMatching(/^req_/),
  });
  expect(answer.headers.get('request-id')).toBe(answer.body.requestId);
  expect(JSON.stringify(answer.body)).not.toMatch(/stack|\bat \w+ \(|\.ts:|D1_ERROR|SQLITE/);
}

const TENANT = {
  name: 'Harbour Dental',
  plan: 'FULL',
  timeZone: 'America/New_York',
  callingCodes: ['1'],
  carrierAccountSid: ACCOUNT,
};

async function newTenant(): Promise<string> {
  const account = { authToken: 'secret', callsPerSecond: 1, maxConcurrentCalls: 5 };
  expect((await ask('PUT', `/carrier-accounts/${ACCOUNT}`, { body: account })).status).toBe(204);
  const { status, body } = await ask('POST', '/tenants', { body: TENANT });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id ?? '';
}

test('from nothing to a campaign with its contacts', async () => {
  const tenant = await newTenant();
  const number = await ask('POST', `/tenants/${tenant}/numbers`, {
    body: { e164: '+12125550199' },
  });
  expect(number.status).toBe(201);
  const script = await ask('POST', '/scripts', {
    tenant,
    body: { name: 'Reminder', content: SCRIPT },
  });
  expect(script.status, JSON.stringify(script.body)).toBe(201);
  const published = await ask('POST', `/scripts/${script.body.id}/publish`, { tenant });
  expect(published.body).toMatchObject({ version: 1 });
  const contacts = await ask('POST', '/contacts', {
    tenant,
    body: {
      contacts: [
        { externalId: 'a', number: '+12125550001', fields: { firstName: 'Maria' } },
        { externalId: 'b', number: '12', fields: {} },
      ],
    },
  });
  expect(contacts.body).toMatchObject({
    contacts: [{ externalId: 'a' }],
    rejected: [{ index: 1, code: 'invalid_number' }],
  });
  const campaign = await ask('POST', '/campaigns', {
    tenant,
    body: { name: 'First', scriptId: script.body.id, fromNumber: '+12125550199' },
  });
  expect(campaign.status).toBe(201);
  const path = `/campaigns/${campaign.body.id}`;
  const contactIds = (contacts.body.contacts as { id: string }[]).map(({ id }) => id);
  const enrolled = await ask('POST', `${path}/contacts`, { tenant, body: { contactIds } });
  expect(enrolled.body).toEqual({ enrolled: 1 });
  const progress = await ask('GET', path, { tenant });
  expect(progress.body).toMatchObject({ state: 'draft', contacts: { pending: 1 }, calls: {} });
  expect((await ask('GET', '/calls', { tenant })).body).toEqual({ calls: [], nextCursor: null });

  expectProblem(await ask('POST', `${path}/pause`, { tenant }), 409, 'conflict');
  expect((await ask('POST', `${path}/stop`, { tenant })).body).toEqual({ state: 'stopped' });
  expectProblem(await ask('POST', `${path}/launch`, { tenant }), 409, 'conflict');

  const other = await newTenant();
  for (const [method, foreign] of [
    ['GET', path],
    ['POST', `${path}/launch`],
    ['POST', `/scripts/${script.body.id}/publish`],
  ] as const) {
    expectProblem(await ask(method, foreign, { tenant: other }), 404, 'not_found');
  }
  const taken = await ask('POST', `/tenants/${other}/numbers`, { body: { e164: '+12125550199' } });
  expectProblem(taken, 409, 'conflict');
});

test.each([
  { name: 'no token', token: null },
  { name: 'a wrong token', token: 'Bearer wrong' },
  { name: 'an empty token', token: 'Bearer ' },
  { name: 'the token without its scheme', token: TOKEN },
  { name: 'a longer token', token: `Bearer ${TOKEN}x` },
])('$name opens nothing', async ({ token }) => {
  for (const [method, path] of [
    ['POST', '/tenants'],
    ['GET', '/calls'],
    ['PUT', `/carrier-accounts/${ACCOUNT}`],
    ['GET', '/nothing'],
  ] as const) {
    const answer = await ask(method, path, {
      token,
      ...(method === 'GET' ? {} : { body: TENANT }),
    });
    expectProblem(answer, 401, 'unauthenticated');
    expect(JSON.stringify(answer.body)).not.toContain(TOKEN);
  }
});

test('a route that is none is 404', async () => {
  const tenant = await newTenant();
  expectProblem(await ask('GET', '/nothing', { tenant }), 404, 'not_found');
  expectProblem(await ask('DELETE', '/scripts', { tenant }), 404, 'not_found');
});

test.each(['', '{', 'hello', '{"name": }'])('the body %j is not JSON', async (text) => {
  const answer = await ask('POST', '/tenants', { text });
  expectProblem(answer, 422, 'invalid_input');
  expect(answer.body.detail).toBe('The body is not JSON; send a JSON object.');
});

test.each(['[]', 'null', '"text"', '7'])('the body %s is JSON but no object', async (text) => {
  expectProblem(await ask('POST', '/tenants', { text }), 422, 'invalid_input');
});

test('fields that are wrong are named by their paths', async () => {
  const answer = await ask('POST', '/tenants', {
    body: { ...TENANT, name: '', plan: 'GOLD', callingCodes: ['1', '+44'] },
  });
  expectProblem(answer, 422, 'invalid_input');
  expect(answer.body.errors?.map(({ path }) => path).sort()).toEqual([
    'callingCodes.1',
    'name',
    'plan',
  ]);
  const tenant = await newTenant();
  const contacts = await ask('POST', '/contacts', {
    tenant,
    body: { contacts: [{ externalId: 'a', number: '+12125550001', fields: { age: 7 } }] },
  });
  expectProblem(contacts, 422, 'invalid_input');
  expect(contacts.body.errors).toMatchObject([{ path: 'contacts.0.fields.age' }]);
  expectProblem(await ask('GET', '/calls?limit=0', { tenant }), 422, 'invalid_input');
});

test('a zone or account that is none is refused with what to do', async () => {
  await newTenant();
  const zone = await ask('POST', '/tenants', { body: { ...TENANT, timeZone: 'Mars/Base' } });
  expectProblem(zone, 422, 'invalid_input');
  const carrierAccountSid = `AC${'f'.repeat(32)}`;
  const account = await ask('POST', '/tenants', { body: { ...TENANT, carrierAccountSid } });
  expectProblem(account, 404, 'not_found');
});

test('a tenant that is unknown, or not named', async () => {
  expectProblem(await ask('GET', '/calls', { tenant: 'ten_unknown' }), 404, 'not_found');
  expectProblem(await ask('GET', '/calls', { tenant: "' OR 1=1 --" }), 404, 'not_found');
  expectProblem(await ask('GET', '/calls'), 422, 'invalid_input');
  const number = { e164: '+12125550198' };
  const answer = await ask('POST', '/tenants/ten_unknown/numbers', { body: number });
  expectProblem(answer, 404, 'not_found');
});

test('a script that does not compile is saved, and not published', async () => {
  const tenant = await newTenant();
  const saved = await ask('POST', '/scripts', {
    tenant,
    body: { name: 'Broken', content: '[start]\nHello.\n-> 1: nowhere\n' },
  });
  expect(saved.status).toBe(201);
  const answer = await ask('POST', `/scripts/${saved.body.id}/publish`, { tenant });
  expectProblem(answer, 422, 'script_invalid');
  expect(answer.body.errors).toContainEqual(
    expect.objectContaining({ line: 3, column: expect.any(Number), severity: 'error' }),
  );
});

test('health needs no token and lists every database and the voice Worker', async () => {
  const { status, body } = await ask('GET', '/health', { token: null });
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body).toEqual({
    isHealthy: true,
    checks: [...DATABASES.map((name) => `D1 ${name}`), 'workers/voice'].map((name) => ({
      name,
      isHealthy: true,
      cause: null,
      remedy: null,
    })),
  });
});

test('what belongs to the voice Worker passes through', async () => {
  const response = await harness.fetch('/voice/health');
  expect(await response.text()).toBe('ok');
});
