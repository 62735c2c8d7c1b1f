import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  ACCOUNT,
  type ApiHarness,
  CARRIER,
  expectProblem,
  expectStatus,
  newTenant,
  owner,
  startApi,
} from '../support/api-harness.ts';
import { SCRIPT } from '../support/campaign.ts';
import { startSimulator } from '../support/simulator-harness.ts';

const OWN = { accountSid: `AC${'d'.repeat(32)}`, authToken: 'the token of the tenant' };
const SHARED = { accountSid: ACCOUNT, authToken: CARRIER.authToken };
const OVERRIDES = '#ct=1000&rt=4000&rc=2&rp=ct,rt,5xx';
const EXPECTED = {
  voice: `https://voice.test/voice/inbound${OVERRIDES}`,
  voiceFallback: `https://voice.test/voice/inbound/fallback${OVERRIDES}`,
  voiceStatus: `https://voice.test/voice/inbound/status${OVERRIDES}`,
  sms: `https://voice.test/sms/inbound${OVERRIDES}`,
};

let simulator: Awaited<ReturnType<typeof startSimulator>>;
let api: ApiHarness;
let root: { readonly cookie: string };
beforeAll(async () => {
  simulator = await startSimulator([OWN, SHARED]);
  api = await startApi({ twilioUrl: simulator.url });
  root = await owner(api);
});
afterAll(async () => {
  await api.stop();
  await simulator.stop();
});

type Headers = Readonly<Record<string, string>>;

const atTwilio = (method: 'GET' | 'POST', path: string, form?: Record<string, string>) =>
  simulator.numbers(OWN, method, path, form);

async function tenantWithOwnAccount() {
  const tenant = await newTenant(api, root);
  const { accountSid: sid, authToken } = OWN;
  const body = { ...CARRIER, sid, authToken };
  const set = await api.ask('PUT', '/tenant/carrier-account', { headers: tenant.asAdmin, body });
  expectStatus(set, 204);
  return tenant;
}

const post = (path: string, headers: Headers, body?: unknown) =>
  api.ask('POST', path, body === undefined ? { headers } : { headers, body });

test('search, buy, import, check and repair, with the tenant’s own account', async () => {
  const { key, asAdmin } = await tenantWithOwnAccount();
  const free = await api.ask('GET', '/numbers/available?areaCode=212', { headers: key });
  const [first] = expectStatus(free, 200).body.numbers as { number: string }[];
  expect(first?.number).toMatch(/^\+1212/);

  const once = { ...key, 'idempotency-key': 'buy' };
  const bought = expectStatus(await post('/numbers', once, { e164: first?.number }), 201);
  const again = expectStatus(await post('/numbers', once, { e164: first?.number }), 201);
  expect(again.body).toEqual(bought.body);
  const later = { ...key, 'idempotency-key': 'another' };
  expectProblem(await post('/numbers', later, { e164: first?.number }), 409, 'conflict');
  expect((await atTwilio('GET', '.json')).incoming_phone_numbers).toHaveLength(1);

  const path = `/numbers/${bought.body.id}/webhooks`;
  const right = expectStatus(await api.ask('GET', path, { headers: key }), 200);
  expect(right.body).toEqual({
    isRight: true,
    ...Object.fromEntries(
      Object.entries(EXPECTED).map(([name, url]) => [name, { expected: url, actual: url }]),
    ),
  });

  const [{ sid } = { sid: '' }] = (await atTwilio('GET', '.json')).incoming_phone_numbers;
  await atTwilio('POST', `/${sid}.json`, { VoiceUrl: 'https://elsewhere.test/voice' });
  const wrong = await api.ask('GET', path, { headers: key });
  expect(wrong.body).toMatchObject({
    isRight: false,
    voice: { actual: 'https://elsewhere.test/voice' },
  });
  expect((await post(`${path}/repair`, key)).body).toMatchObject({ isRight: true });
  expect((await api.ask('GET', path, { headers: key })).body).toMatchObject({ isRight: true });

  const scripts = await post('/scripts', key, { name: 'Desk', content: SCRIPT });
  const { id: scriptId } = expectStatus(scripts, 201).body;
  const edit = (body: unknown, revision = '1') =>
    api.ask('PATCH', `/numbers/${bought.body.id}`, {
      headers: { ...key, 'if-match': `"${revision}"` },
      body,
    });
  expectProblem(await edit({ inboundScriptId: scriptId }), 409, 'conflict');
  expectProblem(await edit({ inboundScriptId: 'scr_of_nobody' }), 404, 'not_found');
  expectStatus(await post(`/scripts/${scriptId}/publish`, key), 200);
  const answered = expectStatus(await edit({ inboundScriptId: scriptId, recordsCalls: true }), 200);
  expect(answered.body).toMatchObject({
    ...{ inboundScriptId: scriptId, recordsCalls: true, revision: 2 },
  });
  expectProblem(await edit({ inboundScriptId: null }), 412, 'precondition_failed');
  expect(expectStatus(await edit({ inboundScriptId: null }, '2'), 200).body).toMatchObject({
    ...{ inboundScriptId: null, recordsCalls: true },
  });

  await atTwilio('POST', '.json', { PhoneNumber: '+12125550133' });
  const imported = expectStatus(await post('/numbers/import', key), 200);
  expect(imported.body).toMatchObject({
    imported: [{ number: '+12125550133' }],
    skipped: [first?.number],
  });
  const numbers = await api.ask('GET', '/numbers', { headers: key });
  expect(numbers.body.numbers).toHaveLength(2);
  const log = await api.ask('GET', '/audit?action=number.bought', { headers: asAdmin });
  expect(log.body.entries).toMatchObject([{ target: first?.number, actorType: 'key' }]);

  const all = await api.ask('GET', `/carrier-accounts/${OWN.accountSid}/numbers`, {
    headers: root,
  });
  expect(all.body.numbers).toHaveLength(2);
});

test('numbers of the account that tenants share are not theirs to take', async () => {
  const { key } = await newTenant(api, root);
  expectProblem(await post('/numbers/import', key), 409, 'conflict');
  const search = await api.ask('GET', '/numbers/available', { headers: key });
  expectProblem(search, 409, 'conflict');
  const once = { ...key, 'idempotency-key': 'x' };
  expectProblem(await post('/numbers', once, { e164: '+12125550150' }), 409, 'conflict');
});

test('a number that the account does not have, and a Twilio that does not answer', async () => {
  const { id, key } = await newTenant(api, root);
  const made = await post(`/tenants/${id}/numbers`, root, { e164: '+12125550166' });
  const path = `/numbers/${made.body.id}/webhooks`;
  expectProblem(await api.ask('GET', path, { headers: key }), 409, 'conflict');
  const wrong = { ...CARRIER, authToken: 'an old token' };
  const register = { headers: root, body: wrong };
  expectStatus(await api.ask('PUT', `/carrier-accounts/${ACCOUNT}`, register), 204);
  expectProblem(await api.ask('GET', path, { headers: key }), 502, 'carrier_failed');
  const right = { headers: root, body: CARRIER };
  expectStatus(await api.ask('PUT', `/carrier-accounts/${ACCOUNT}`, right), 204);
  expectProblem(await api.ask('GET', path, { headers: key }), 409, 'conflict');
});
