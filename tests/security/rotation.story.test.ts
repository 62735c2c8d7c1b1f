import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OwnTenant, startWhole, until, type Whole } from '../support/whole.ts';

const SCRIPT = '[start]\nWill you come? Press 1.\n-> 1: END #confirmed\n-> else: END\n';
const PRESSES_1 = { attempts: [{ outcome: 'answers', reactions: [{ do: { press: '1' } }] }] };
const NEW_KEY = `new:${randomBytes(32).toString('base64')}`;

let whole: Whole;
let tenant: OwnTenant;
let server: Server;
let number: { readonly e164: string };
let endpoint: { readonly id: string; readonly secret: string };
/** Bodies of which the endpoint's secret says that we sent them. */
const believed: string[] = [];
/** Read at every start of the Workers: what is written here, the next start knows. */
const settings: Record<string, string> = {};

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      try {
        new Webhook(endpoint.secret).verify(body, headers);
        believed.push(body);
        response.end('thanks');
      } catch {
        response.writeHead(401).end('not signed');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  whole = await startWhole({ settings });
  tenant = await whole.newTenant();
  number = await tenant.number(await tenant.script(SCRIPT));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  endpoint = await tenant.post('/webhooks', { url, types: ['call.finished'] });
});
afterAll(async () => {
  await whole?.stop();
  server?.close();
});

/** A call that comes in is verified with the carrier's token; its end is told to the endpoint. */
async function everythingWorks() {
  const before = believed.length;
  const call = { to: number.e164, from: '+14155550123', persona: PRESSES_1 };
  const { sid } = await whole.callIn(call);
  expect((await tenant.finished(sid)).call.outcome).toBe('confirmed');
  await until(async () => (believed.length > before ? true : null));
}

test('ENCRYPTION_KEYS is rotated as docs/operations.md says, and nothing stops', async () => {
  const old = whole.stack.secrets.encryptionKeys;
  await everythingWorks();
  settings.ENCRYPTION_KEYS = `${old},${NEW_KEY}`;
  await whole.stack.killApp();
  await everythingWorks();
  settings.ENCRYPTION_KEYS = `${NEW_KEY},${old}`;
  await whole.stack.killApp();
  await everythingWorks();
  const { api } = whole.stack;
  const reseal = () => api.request<{ resealed: number }>('POST', '/carrier-accounts/reseal');
  expect((await reseal()).resealed).toBe(2);
  expect((await reseal()).resealed).toBe(0);
  settings.ENCRYPTION_KEYS = NEW_KEY;
  await whole.stack.killApp();
  await everythingWorks();
}, 240_000);

test('an API key is rotated: the new one works beside the old, and the old is over at once', async () => {
  const { appUrl, secrets } = whole.stack;
  const ask = (method: string, path: string, headers: Record<string, string>, body?: unknown) =>
    fetch(`${appUrl}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'destiny-tenant': tenant.id, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const credentials = { email: 'owner@destiny.local', password: secrets.adminPassword };
  const signedIn = await ask('POST', '/auth/sign-in', {}, credentials);
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  await ask('POST', `/tenants/${tenant.id}/act-as`, { cookie }, { reason: 'To rotate a key' });
  const makeKey = async () => {
    const wanted = { name: 'server', scopes: ['contacts:read'] };
    const made = await ask('POST', '/api-keys', { cookie }, wanted);
    return (await made.json()) as { readonly id: string; readonly key: string };
  };
  const status = async ({ key }: { readonly key: string }) =>
    (await ask('GET', '/contacts', { authorization: `Bearer ${key}` })).status;
  const old = await makeKey();
  const fresh = await makeKey();
  expect([await status(old), await status(fresh)]).toEqual([200, 200]);
  expect((await ask('DELETE', `/api-keys/${old.id}`, { cookie })).status).toBeLessThan(300);
  expect([await status(old), await status(fresh)]).toEqual([401, 200]);
});
