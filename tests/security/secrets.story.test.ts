import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OwnTenant, startWhole, until, type Whole } from '../support/whole.ts';

const WRONG_PASSWORD = 'wrong-password-Qx7vTz';
const WRONG_KEY = 'dk_wrong-key-Qx7vTz';
const WRONG_TOKEN = 'wrong-token-Qx7vTz';
const S3_SECRET = 's3-secret-Qx7vTz';
const SPOKEN = 'zanzibar porcupine';
const FIELD = 'Xanthippe-Qx7vTz';
const CALLER = '+14155550123';
const SCRIPT = `[start]
Hello {{firstName|"there"}}, what can we do for you?
@webhook GET https://shop.example.com/{{firstName|"x"}} timeout 200ms
-> ok: ask
-> error: ask

[ask]
Please tell me.
-> 1, "yes": END #confirmed
-> else: END #no_response
`;

let whole: Whole;
let tenant: OwnTenant;
/** Every answer that was heard, with what was asked for. */
const answers: string[] = [];
const known = new Map<string, string>();

beforeAll(async () => {
  // Google and the store refuse us: what fails is what is logged.
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  whole = await startWhole({
    settings: {
      S3_SECRET_ACCESS_KEY: S3_SECRET,
      GOOGLE_SERVICE_ACCOUNT: JSON.stringify({
        ...{ client_email: 'speech@destiny-local.iam.gserviceaccount.com', private_key: pem },
        private_key_id: 'unknown-to-google',
      }),
    },
  });
  tenant = await whole.newTenant();
  const { secrets } = whole.stack;
  const key = await whole.stack.api.authorization(tenant.id);
  for (const [name, value] of Object.entries({
    'the carrier token': secrets.authToken,
    "the owner's password": secrets.adminPassword,
    'the set-up token': secrets.setupToken,
    'the cookie secret': secrets.authSecret,
    'the encryption key': secrets.encryptionKeys.split(':')[1] ?? '',
    'the audio secret': secrets.audioSecret,
    "the speech account's key": pem.split('\n')[3] ?? '',
    'the API key': key.replace('Bearer ', ''),
    'a wrong password': WRONG_PASSWORD,
    'a wrong API key': WRONG_KEY,
    'a wrong token': WRONG_TOKEN,
    'the key of the store': S3_SECRET,
    'what was said': SPOKEN,
    "a contact's field": FIELD,
  })) {
    expect(value.length, name).toBeGreaterThan(10);
    known.set(name, value);
  }
});
afterAll(() => whole.stop());

async function ask(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`${whole.stack.appUrl}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  answers.push(`${method} ${path} ${response.status} ${await response.text()}`);
  return response.status;
}

test('a call whose speech, store and webhook fail still comes to its end', async () => {
  const number = await tenant.number(await tenant.script(SCRIPT));
  await tenant.post('/contacts', {
    contacts: [{ externalId: 'x', number: CALLER, fields: { firstName: FIELD } }],
  });
  const says = { attempts: [{ outcome: 'answers', reactions: [{ do: { say: SPOKEN } }] }] };
  const { sid } = await whole.callIn({ to: number.e164, from: CALLER, persona: says });
  const { call } = await tenant.finished(sid);
  expect(call.status).toBe('completed');
  const deaf = await tenant.post<{ secret: string }>('/webhooks', {
    ...{ url: 'http://127.0.0.1:1/nobody', types: [] },
  });
  known.set('the secret of an endpoint', deaf.secret);
});

test('refusals of every kind are heard', async () => {
  const own = { authorization: `Bearer ${known.get('the API key')}` };
  const statuses = [
    await ask('POST', '/auth/sign-in', { email: 'owner@destiny.local', password: WRONG_PASSWORD }),
    await ask('POST', '/auth/sign-in', { email: WRONG_PASSWORD, password: WRONG_PASSWORD }),
    await ask('POST', '/auth/reset', { token: WRONG_TOKEN, password: WRONG_PASSWORD }),
    await ask('POST', '/auth/accept-invitation', { token: WRONG_TOKEN, password: WRONG_PASSWORD }),
    await ask('POST', '/setup', { setupToken: WRONG_TOKEN, password: WRONG_PASSWORD, email: 1 }),
    await ask('GET', '/contacts', undefined, { authorization: `Bearer ${WRONG_KEY}` }),
    await ask('GET', '/contacts', undefined, { cookie: `session=${WRONG_TOKEN}` }),
    await ask('POST', '/contacts', { contacts: [{ externalId: 1, fields: FIELD }] }, own),
    await ask(
      'POST',
      '/webhooks',
      { url: `https://x:${WRONG_PASSWORD}@example.com/`, types: [] },
      own,
    ),
    await ask('PUT', '/carrier-accounts/AC', { authToken: WRONG_TOKEN, callsPerSecond: 'x' }, own),
    await ask('GET', '/recordings/rec_x/audio?signature=x'),
    await ask('GET', '/api-keys', undefined, own),
  ];
  expect(statuses.every((status) => status >= 400 && status < 500)).toBe(true);
  for (const path of ['/webhooks', '/contacts', '/tenant', '/scripts', '/numbers']) {
    expect(await ask('GET', path, undefined, own)).toBe(200);
  }
});

test('no secret and nothing that was said stands in a log', async () => {
  const folder = join(whole.stateDir, 'logs');
  const read = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name, parentPath }) => [name, readFileSync(join(parentPath, name), 'utf8')] as const);
  // Something must have been logged, or the search would prove nothing.
  await until(async () => (read().some(([, text]) => text.includes('"level":"')) ? true : null));
  const lines = read().reduce((sum, [, text]) => sum + text.split('\n').length, 0);
  console.info(
    `secrets: ${known.size} looked for in ${lines} lines of log and ${answers.length} answers`,
  );
  const found = read().flatMap(([file, text]) =>
    [...known].filter(([, value]) => text.includes(value)).map(([name]) => `${name} in ${file}`),
  );
  expect(found).toEqual([]);
});

test('no secret stands in an answer', () => {
  const shown = new Set(["a contact's field"]);
  const found = answers.flatMap((text) =>
    [...known]
      .filter(([name, value]) => !shown.has(name) && text.includes(value))
      .map(([name]) => `${name}: ${text.slice(0, 300)}`),
  );
  expect(found).toEqual([]);
  expect(answers.filter((text) => / [45]\d\d /.test(text) && text.includes(FIELD))).toEqual([]);
});
