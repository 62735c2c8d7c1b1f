import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OwnTenant, startWhole, until, type Whole } from '../support/whole.ts';

type Posted = { readonly path: string; readonly body: string; readonly headers: Headers };
type Endpoint = { readonly id: string; readonly secret: string };
type Delivery = {
  readonly id: string;
  readonly type: string;
  readonly state: string;
  readonly tries: readonly { readonly status: number | null; readonly error: string | null }[];
};

const SCRIPT = '[start]\nWill you come? Press 1.\n-> 1: END #confirmed\n';

let whole: Whole;
let tenant: OwnTenant;
let server: Server;
let origin = '';
const posted: Posted[] = [];
/** What each path of the receiver does, by how often it was asked; a receiver that is real. */
const behaviour: Record<string, (times: number) => { status: number; waitMs?: number }> = {
  '/well': () => ({ status: 200 }),
  '/broken-once': (times) => ({ status: times === 1 ? 500 : 200 }),
  '/slow-once': (times) => ({ status: 200, waitMs: times === 1 ? 3000 : 0 }),
  '/moved': () => ({ status: 302 }),
  '/gone': () => ({ status: 410 }),
};

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? '';
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      posted.push({ path, body, headers: new Headers(request.headers as Record<string, string>) });
      const times = posted.filter((one) => one.path === path).length;
      const { status, waitMs = 0 } = behaviour[path]?.(times) ?? { status: 404 };
      setTimeout(() => {
        response.writeHead(status, { location: 'http://10.0.0.1/inside' }).end('an answer');
      }, waitMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  whole = await startWhole({ settings: { WEBHOOK_TIMEOUT_MS: '1000' } });
  tenant = await whole.newTenant();
});
afterAll(async () => {
  await whole.stop();
  server.close();
});

const endpoint = (path: string, types: readonly string[] = []) =>
  tenant.post<Endpoint>('/webhooks', { url: origin + path, types });

const deliveries = async ({ id }: Endpoint) =>
  (await tenant.get<{ deliveries: Delivery[] }>(`/webhooks/${id}/deliveries`)).deliveries;

/** The endpoint's only delivery, as soon as it has come to what is waited for. */
const only = (own: Endpoint, isThere: (delivery: Delivery) => boolean) =>
  until(async () => {
    const [first] = await deliveries(own);
    return first !== undefined && isThere(first) ? first : null;
  });

test('a call is told of as it goes, signed, each message once', async () => {
  const own = await endpoint('/well', ['call.answered', 'call.outcome', 'call.finished']);
  const { e164 } = await tenant.number(await tenant.script(SCRIPT));
  const { sid } = await whole.callIn({
    ...{ to: e164, from: '+12125559001' },
    persona: { attempts: [{ outcome: 'answers', reactions: [{ do: { press: '1' } }] }] },
  });
  const { call } = await tenant.finished(sid);
  await until(async () => {
    const all = await deliveries(own);
    return all.length === 3 && all.every(({ state }) => state === 'delivered') ? all : null;
  });
  const told = posted.filter(({ path }) => path === '/well');
  const messages = told.map(({ body, headers }) =>
    new Webhook(own.secret).verify(body, Object.fromEntries(headers)),
  ) as { type: string; data: Record<string, unknown> }[];
  expect(messages.map(({ type }) => type).sort()).toEqual([
    'call.answered',
    'call.finished',
    'call.outcome',
  ]);
  expect(messages.find(({ type }) => type === 'call.finished')?.data).toMatchObject({
    ...{ id: call.id, direction: 'inbound', from: '+12125559001', to: e164 },
    ...{ status: call.status, outcome: 'confirmed', twilioSid: sid },
  });
  await tenant.post(`/webhooks/${own.id}/test`);
  await until(async () =>
    posted.filter(({ path }) => path === '/well').length === 4 ? true : null,
  );
});

test.each([
  ['/broken-once', 'status_500', 500],
  ['/slow-once', 'timeout', null],
])('%s: the log shows the fault, and the next try delivers', async (path, error, status) => {
  const own = await endpoint(path);
  await tenant.post(`/webhooks/${own.id}/test`);
  const delivery = await only(own, ({ state }) => state === 'delivered');
  expect(delivery.tries).toMatchObject([
    { error, status },
    { error: null, status: 200 },
  ]);
});

test('a server that is down is asked again, and what failed is delivered when it is up', async () => {
  const port = await freePort();
  const own = await tenant.post<Endpoint>('/webhooks', { url: `http://127.0.0.1:${port}/up` });
  await tenant.post(`/webhooks/${own.id}/test`);
  await only(own, ({ tries }) => tries[0]?.error === 'unreachable');
  const late = createServer((_, response) => response.end());
  await new Promise<void>((resolve) => late.listen(port, '127.0.0.1', resolve));
  const { tries } = await only(own, ({ state }) => state === 'delivered');
  expect(tries.at(-1)).toMatchObject({ status: 200, error: null });
  late.close();
});

test('a redirect to a private address is refused, and shown', async () => {
  const own = await endpoint('/moved');
  await tenant.post(`/webhooks/${own.id}/test`);
  const { tries } = await only(own, (delivery) => delivery.tries.length > 0);
  expect(tries[0]).toMatchObject({ status: 302, error: 'redirect_refused' });
});

test('who answers 410 is switched off and asked no more', async () => {
  const own = await endpoint('/gone');
  await tenant.post(`/webhooks/${own.id}/test`);
  await only(own, ({ state }) => state === 'failed');
  expect(await tenant.get(`/webhooks/${own.id}`)).toMatchObject({
    ...{ isEnabled: false, disabledReason: 'gone' },
  });
  await expect(tenant.post(`/webhooks/${own.id}/test`)).rejects.toThrow(/disabled/);
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
