import { expect, test } from 'vitest';
import { fetchWebhook, type WebhookAction } from './fetch-webhook.ts';

const clock = { now: () => 0, sleep: async () => {} };
const action = (changed: Partial<WebhookAction> = {}): WebhookAction => ({
  type: 'webhook',
  id: { turn: 0, index: 0 },
  method: 'GET',
  url: 'https://shop.example.com/orders/7',
  timeoutMs: 2000,
  values: { order: '7' },
  ...changed,
});
const ask = (
  answer: (request: Request) => Response | Promise<Response>,
  changed: Partial<WebhookAction> = {},
) =>
  fetchWebhook(
    { fetch: async (request) => answer(request), clock, allowsPrivate: false },
    action(changed),
  );

test('a JSON reply is flattened', async () => {
  const reply = await ask(() => Response.json({ order: { state: 'sent', items: ['a', 'b'] } }));
  expect(reply).toEqual({
    event: 'ok',
    ms: 0,
    data: { 'order.state': 'sent', 'order.items.count': 2, 'order.items.first': 'a' },
  });
});

test('a POST carries what the call has learned', async () => {
  let body = '';
  await ask(
    async (request) => {
      body = await request.text();
      return Response.json({});
    },
    { method: 'POST' },
  );
  expect(JSON.parse(body)).toEqual({ order: '7' });
});

test('an empty answer is an empty object', async () => {
  expect(await ask(() => new Response(null, { status: 204 }))).toMatchObject({ event: 'ok' });
});

test.each([
  ['status_500', () => new Response('no', { status: 500 })],
  [
    'redirect_refused',
    () => new Response(null, { status: 302, headers: { location: 'http://10.0.0.1/' } }),
  ],
  ['reply_not_json', () => new Response('<html>')],
  ['reply_too_large', () => new Response('x'.repeat(70_000))],
  [
    'timeout',
    () => {
      throw new DOMException('too long', 'TimeoutError');
    },
  ],
  [
    'unreachable',
    () => {
      throw new TypeError('fetch failed');
    },
  ],
])('%s', async (reason, answer) => {
  expect(await ask(answer)).toEqual({ event: 'error', reason, ms: 0 });
});

test.each([
  ['http://shop.example.com/', 'not_https'],
  ['https://10.1.2.3/', 'private_address'],
  ['https://[::1]/', 'private_address'],
  ['https://localhost/', 'private_address'],
  ['https://2130706433/', 'private_address'],
  ['https://metadata.internal/', 'private_address'],
  ['nonsense', 'bad_address'],
])('%s is never asked', async (url, reason) => {
  const reply = await ask(
    () => {
      throw new Error('was asked');
    },
    { url },
  );
  expect(reply).toEqual({ event: 'error', reason, ms: 0 });
});
