import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RouteName, routeEntries } from '../../src/contract/api.ts';
import {
  type ApiHarness,
  expectStatus,
  fromSomewhere,
  newMember,
  newTenant,
  owner,
  signIn,
  startApi,
} from '../support/api-harness.ts';
import { MARK, makeVictim, type Victim, victimsBodies } from '../support/victim.ts';

const INJECTED = 'x-injected';
const SEGMENTS = [
  ...['..%2f..%2fetc%2fpasswd', '%2e%2e%2f', '..%5c..%5c', '%252e%252e%252f', '.%00.', '%00'],
  ...[
    `x%0d%0a${INJECTED}:1`,
    `x%0a${INJECTED}:1`,
    "'%20OR%20'1'%3D'1",
    '1%3BDROP%20TABLE%20call',
    '%25',
  ],
  ...['%F0%9F%92%A9', '%ff', '*', '~', 'null', '__proto__', 'x'.repeat(3000), '%3Cscript%3E'],
];
const HEADER_VALUES = [
  '..%2f',
  '"x"',
  "' OR 1=1 --",
  'x'.repeat(4000),
  '\t',
  'W/"1"',
  '*',
  '{{x}}',
];

let api: ApiHarness;
let root: { readonly cookie: string };
let victim: Victim;
let attacker: Awaited<ReturnType<typeof newTenant>>;
beforeAll(async () => {
  api = await startApi();
  root = await owner(api);
  victim = await makeVictim(api, root);
  attacker = await newTenant(api, root, { name: 'Attacker' });
});
afterAll(() => api.stop());

test('hostile segments in every path: none opens anything, none is a fault of ours', async () => {
  const wrong: string[] = [];
  let count = 0;
  const bodies: Partial<Record<RouteName, unknown>> = victimsBodies(victim);
  for (const [name, { method, path }] of routeEntries()) {
    if (!path.includes('{')) continue;
    const attack = async (segment: string) => {
      const hostile = path.replace(/\{\w+\}/g, segment);
      const headers = {
        ...attacker.key,
        'if-match': '"1"',
        'idempotency-key': crypto.randomUUID(),
      };
      const {
        status,
        text,
        headers: answered,
      } = await api.ask(method.toUpperCase(), hostile, {
        headers,
        ...(bodies[name] === undefined ? {} : { body: bodies[name] }),
      });
      count += 1;
      const isFault =
        status < 400 || status >= 500 || text.includes(MARK) || answered.has(INJECTED);
      if (isFault) wrong.push(`${name} ${segment.slice(0, 40)}: ${status} ${text.slice(0, 200)}`);
    };
    await Promise.all(SEGMENTS.map(attack));
  }
  console.info(
    `paths: ${count} requests with hostile segments, ${wrong.length} answered otherwise`,
  );
  expect(wrong).toEqual([]);
});

test.each([
  'destiny-tenant',
  'authorization',
  'if-match',
  'idempotency-key',
  'cookie',
  'range',
  'last-event-id',
])('a hostile header %s is refused or of no effect', async (header) => {
  for (const value of HEADER_VALUES) {
    for (const [method, path] of [
      ['GET', '/contacts'],
      ['POST', '/scripts'],
      ['PATCH', `/campaigns/${victim.campaign}`],
      ['GET', '/live/events'],
      ['GET', '/recordings/rec_x/audio'],
    ] as const) {
      const isLive = path === '/live/events';
      const own = isLive || header === 'authorization' ? {} : attacker.key;
      const body =
        method === 'GET' ? {} : { body: { name: 'x', content: '[start]\nHi.\n-> END\n' } };
      const answer = await api.ask(method, path, { headers: { ...own, [header]: value }, ...body });
      expect(answer.status, `${method} ${path} ${header}: ${value}`).toBeLessThan(500);
      expect(answer.text).not.toContain(MARK);
    }
  }
});

test('a name with line ends stays a name in the header of a file', async () => {
  const { key } = attacker;
  const script = await api.ask('POST', '/scripts', {
    headers: key,
    body: { name: 'x', content: '[start]\nHi.\n-> END #ok\n' },
  });
  expectStatus(await api.ask('POST', `/scripts/${script.body.id}/publish`, { headers: key }), 200);
  const name = `a"\r\n${INJECTED}: 1\r\n\r\n=1+1; filename*=UTF-8''x`;
  const number = await api.ask('POST', `/tenants/${attacker.id}/numbers`, {
    headers: root,
    body: { e164: '+12125550999' },
  });
  expectStatus(number, 201);
  const made = await api.ask('POST', '/campaigns', {
    headers: key,
    body: { name, scriptId: script.body.id, fromNumber: '+12125550999' },
  });
  const file = await api.ask('GET', `/campaigns/${expectStatus(made, 201).body.id}/results`, {
    headers: key,
  });
  expect(expectStatus(file, 200).headers.has(INJECTED)).toBe(false);
  expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"$/);
});

test('every kind of answer tells a browser to trust it with nothing', async () => {
  const voice = `/voice/t/${victim.tenant}/c/${victim.call}`;
  const kinds = {
    json: await api.ask('GET', '/contacts', { headers: victim.key }),
    file: await api.ask('GET', '/calls.csv', { headers: victim.key }),
    refused: await api.ask('GET', '/contacts'),
    wrong: await api.ask('POST', '/auth/sign-in', { text: '{', headers: fromSomewhere() }),
    'no route': await api.ask('GET', '/nothing'),
    'no upgrade': await api.ask('GET', '/live', { headers: victim.key }),
    'no content': await api.ask('POST', '/auth/sign-out', {
      headers: (await newMember(api, attacker.asAdmin, 'AGENT')).cookie,
    }),
    reference: await api.ask('GET', '/reference'),
    openapi: await api.ask('GET', '/openapi.json'),
    recording: await api.ask('GET', '/recordings/rec_x/audio'),
    webhook: await api.send(`${voice}/turn/0`, { method: 'POST' }),
    fallback: await api.send(`${voice}/fallback`, { method: 'POST' }),
    text: await api.send('/sms/inbound', { method: 'POST' }),
    prompt: await api.send('/audio/ten_x/x.wav'),
    music: await api.send('/audio/hold.wav'),
  };
  const lacking = Object.entries(kinds).flatMap(([kind, { headers, status }]) => {
    const wanted = {
      'x-content-type-options': /^nosniff$/,
      'strict-transport-security': /^max-age=63072000; includeSubDomains$/,
      'referrer-policy': /^(no-referrer|same-origin)$/,
      'content-security-policy': /default-src 'none'.*frame-ancestors 'none'/,
      'x-frame-options': /^DENY$/,
    };
    expect(headers.get('x-powered-by')).toBeNull();
    return Object.entries(wanted)
      .filter(([name, value]) => !value.test(headers.get(name) ?? ''))
      .map(([name]) => `${kind} (${status}): ${name}`);
  });
  expect(lacking).toEqual([]);
});

test('guessing a password: from one address and from many, the account closes before 20 tries', async () => {
  const own = await newMember(api, attacker.asAdmin, 'ADMIN');
  const headers = fromSomewhere();
  const fromOne: number[] = [];
  for (let i = 0; i < 40; i++) {
    const body = { email: `guess-${i}@destiny.test`, password: `guess ${i} of many` };
    fromOne.push((await api.ask('POST', '/auth/sign-in', { body, headers })).status);
  }
  expect(fromOne.slice(30).every((status) => status === 429)).toBe(true);
  const fromMany: number[] = [];
  for (let i = 0; i < 20; i++) {
    fromMany.push((await signIn(api, own.email.toUpperCase(), `guess ${i} of many`)).status);
  }
  expect(fromMany.filter((status) => status === 401).length).toBeLessThanOrEqual(10);
  expect(fromMany.at(-1)).toBe(423);
  expect((await signIn(api, own.email, own.password)).status).toBe(423);
});
