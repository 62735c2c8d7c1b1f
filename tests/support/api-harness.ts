import { expect } from 'vitest';
import { createTestHarness } from 'wrangler';
import { SCOPES } from '../../src/contract/rule.ts';
import { openMailbox } from './mailbox.ts';
import { startObjectStore } from './object-store.ts';

const ENCRYPTION_KEYS = `test:${Buffer.alloc(32, 7).toString('base64')}`;
export const DATABASES = ['CONTROL', 'DATA_0', 'DATA_1', 'EVENTS_0', 'EVENTS_1'];
export const APP_URL = 'https://app.test';
export const SETUP_TOKEN = 'the set-up token of the stories';
export const OWNER = {
  email: 'owner@destiny.test',
  password: 'the password of the owner',
  name: 'Owner',
};
export const ACCOUNT = `AC${'0'.repeat(32)}`;
export const CARRIER = { authToken: 'secret', callsPerSecond: 1, maxConcurrentCalls: 5 };
export const TENANT = {
  name: 'Harbour Dental',
  plan: 'FULL',
  timeZone: 'America/New_York',
  callingCodes: ['1'],
  carrierAccountSid: ACCOUNT,
};

/** Fields of any answer; a test names those it reads. */
export type Body = {
  readonly id?: string;
  readonly code?: string;
  readonly detail?: string;
  readonly requestId?: string;
  readonly errors?: readonly Record<string, unknown>[];
  readonly [field: string]: unknown;
};
export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Body;
};
export type Ask = {
  readonly body?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

const AUDIO_SECRET = 'the audio secret of the stories';
/** Signs cookies, and links to recordings. */
export const AUTH_SECRET = 'the secret that signs the cookies of the stories';

export type ApiHarness = Awaited<ReturnType<typeof startApi>>;

/** workers/api with workers/voice behind it, as deployed; the port belongs to the first. */
export async function startApi(
  options: { readonly requestsPerMinute?: number; readonly twilioUrl?: string } = {},
) {
  const mailbox = await openMailbox();
  const objects = await startObjectStore();
  const harness = createTestHarness({
    workers: [
      {
        configPath: './workers/api/wrangler.toml',
        vars: {
          ENCRYPTION_KEYS,
          APP_URL,
          SETUP_TOKEN,
          AUDIO_SECRET,
          AUTH_SECRET,
          RESEND_API_KEY: 'mail-key',
          RESEND_BASE_URL: mailbox.url,
          PUBLIC_BASE_URL: 'https://voice.test',
          TWILIO_BASE_URL: options.twilioUrl ?? 'http://127.0.0.1:1',
          ...objects.settings,
          API_REQUESTS_PER_MINUTE: String(options.requestsPerMinute ?? 60_000),
        },
      },
      {
        configPath: './wrangler.toml',
        vars: {
          ENCRYPTION_KEYS,
          PUBLIC_BASE_URL: 'https://voice.test',
          AUDIO_SECRET,
          TWILIO_BASE_URL: 'http://127.0.0.1:1',
          GOOGLE_TTS_BASE_URL: 'http://127.0.0.1:1',
          GOOGLE_SERVICE_ACCOUNT: '{}',
          ...objects.settings,
        },
      },
    ],
  });
  const { url } = await harness.listen();
  const worker = harness.getWorker('destiny-api');
  for (const name of DATABASES) await worker.applyD1Migrations(name);

  const env = (await worker.getEnv()) as Record<string, D1Database>;
  const database = (name: string): D1Database => {
    const found = env[name];
    if (found === undefined) throw new Error(`there is no database ${name}`);
    return found;
  };
  const ask = async (method: string, path: string, request: Ask = {}): Promise<Answer> => {
    const { body, text, headers = {} } = request;
    const hasBody = body !== undefined || text !== undefined;
    const response = await harness.fetch(`/api/v1${path}`, {
      method,
      headers: { ...(hasBody ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(hasBody ? { body: text ?? JSON.stringify(body) } : {}),
    });
    const answer = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return {
      status: response.status,
      headers: new Headers([...response.headers]),
      text: answer,
      body: isJson && answer !== '' ? JSON.parse(answer) : {},
    };
  };
  return {
    ask,
    origin: url.origin,
    voiceEnv: () => harness.getWorker('destiny-voice').getEnv(),
    mailbox,
    /** Where the Worker keeps its objects. */
    objectStore: objects.settings,
    fetch: (path: string) => harness.fetch(path),
    /** Like fetch, for a client that makes its own requests. */
    send: async (path: string, init: RequestInit = {}): Promise<Response> => {
      const { method = 'GET', headers, body } = init;
      const response = await harness.fetch(path, {
        method,
        headers: [...new Headers(headers)],
        ...(typeof body === 'string' ? { body } : {}),
      });
      return new Response(await response.text(), {
        status: response.status,
        headers: [...response.headers],
      });
    },
    control: async () => database('CONTROL'),
    /** Where a tenant's rows lie; events of the first months of 1970 are in the first shard. */
    shards: async (tenantId: string) => {
      const row = await database('CONTROL')
        .prepare('SELECT data_shard AS n FROM tenant WHERE id = ?1')
        .bind(tenantId)
        .first<{ n: number }>();
      return { data: database(`DATA_${row?.n}`), events: database('EVENTS_0') };
    },
    stop: async () => {
      await harness.close();
      await mailbox.close();
      await objects.stop();
    },
  };
}

/** The cookies that an answer sets, as a browser would send them back. */
export function cookieOf(answer: Answer): { readonly cookie: string } {
  const cookie = answer.headers
    .getSetCookie()
    .filter((one) => !/max-age=0/i.test(one))
    .map((one) => one.split(';')[0])
    .join('; ');
  return { cookie };
}

export function expectStatus(answer: Answer, status: number): Answer {
  expect(answer.status, answer.text).toBe(status);
  return answer;
}

/** What every error has, and never has. */
export function expectProblem(answer: Answer, status: number, code: string): void {
  expectStatus(answer, status);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.body).toMatchObject({
    code,
    status,
    type: `urn:destiny:problem:${code}`,
    detail: expect.stringMatching(/\w.*\.$/),
    requestId: expect.stringMatching(/^req_/),
  });
  expect(answer.headers.get('request-id')).toBe(answer.body.requestId);
  expect(answer.text).not.toMatch(/stack|\bat \w+ \(|\.ts:|D1_ERROR|SQLITE/);
}

let addresses = 0;
/** Each person comes from an address of his own: tries are counted by it. */
export function fromSomewhere(): { readonly 'cf-connecting-ip': string } {
  addresses += 1;
  return { 'cf-connecting-ip': `2001:db8::${addresses.toString(16)}` };
}

export async function signIn(api: ApiHarness, email: string, password: string): Promise<Answer> {
  const request = { body: { email, password }, headers: fromSomewhere() };
  return api.ask('POST', '/auth/sign-in', request);
}

/** The platform's owner, signed in; made when there is none. */
export async function owner(api: ApiHarness) {
  await api.ask('POST', '/setup', { body: { ...OWNER, setupToken: SETUP_TOKEN } });
  return cookieOf(expectStatus(await signIn(api, OWNER.email, OWNER.password), 200));
}

/** A tenant with a key that may do everything a key may. */
export async function newTenant(
  api: ApiHarness,
  cookie: { readonly cookie: string },
  changes: Readonly<Record<string, unknown>> = {},
) {
  const account = { body: CARRIER, headers: cookie };
  expectStatus(await api.ask('PUT', `/carrier-accounts/${ACCOUNT}`, account), 204);
  const made = await api.ask('POST', '/tenants', {
    body: { ...TENANT, ...changes },
    headers: cookie,
  });
  const id = expectStatus(made, 201).body.id ?? '';
  const reason = { body: { reason: 'stories' }, headers: cookie };
  expectStatus(await api.ask('POST', `/tenants/${id}/act-as`, reason), 200);
  const asAdmin = { ...cookie, 'destiny-tenant': id };
  return { id, asAdmin, key: await newKey(api, asAdmin, SCOPES) };
}

export async function newKey(
  api: ApiHarness,
  asAdmin: Readonly<Record<string, string>>,
  scopes: readonly string[],
) {
  const made = await api.ask('POST', '/api-keys', {
    body: { name: 'stories', scopes },
    headers: asAdmin,
  });
  return { authorization: `Bearer ${expectStatus(made, 201).body.key}` };
}

/** Somebody who followed an invitation, signed in. */
export async function newMember(
  api: ApiHarness,
  asAdmin: Readonly<Record<string, string>>,
  role: 'AGENT' | 'ADMIN',
) {
  const email = `${crypto.randomUUID()}@destiny.test`;
  const password = 'a password that is long';
  const body = { email, role };
  expectStatus(await api.ask('POST', '/invitations', { body, headers: asAdmin }), 201);
  const token = api.mailbox.tokenFor(email);
  const joining = { body: { token, name: 'Member', password } };
  expectStatus(await api.ask('POST', '/auth/accept-invitation', joining), 200);
  const signedIn = expectStatus(await signIn(api, email, password), 200);
  return { email, password, cookie: cookieOf(signedIn) };
}
