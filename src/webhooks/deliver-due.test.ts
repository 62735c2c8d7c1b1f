import { Webhook } from 'standardwebhooks';
import { expect, test, vi } from 'vitest';
import { deliverDue } from './deliver-due.ts';
import {
  listDeliveries,
  pruneDeliveries,
  recoverFailed,
  redeliver,
  sendTest,
} from './deliveries.ts';
import { editEndpoint, findEndpoint, rotateSecret } from './endpoints.ts';
import { webhookWorld } from './world.fixture.ts';

const DAY_MS = 86_400_000;

async function logOf(world: ReturnType<typeof webhookWorld>, endpointId: string) {
  const rows = await listDeliveries(world.ctx, { endpointId, limit: 10 });
  return rows.map(({ state, attempts, log }) => ({
    ...{ state, attempts },
    errors: log.map(({ error }) => error),
  }));
}

test('one that is taken is posted once, signed, and never again', async () => {
  vi.useFakeTimers({ now: Date.parse('2026-05-14T14:07:00Z'), toFake: ['Date'] });
  const world = webhookWorld();
  const { endpoint, secret } = await world.endpoint();
  world.suppress();
  expect(await world.run()).toBeNull();
  expect(await world.run()).toBeNull();
  const [request, ...others] = world.asked;
  expect(others).toEqual([]);
  const body = (await request?.text()) ?? '';
  const headers = Object.fromEntries(request?.headers ?? []);
  expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: 'suppression.added' });
  expect(await logOf(world, endpoint.id)).toEqual([
    { state: 'delivered', attempts: 1, errors: [null] },
  ]);
  vi.useRealTimers();
});

test('a receiver that is down, late, or answers 500 is asked again until it takes it', async () => {
  const world = webhookWorld();
  const { endpoint } = await world.endpoint();
  world.suppress();
  const faults = [
    () => Promise.reject(new Error('connection refused')),
    () => Promise.reject(new DOMException('late', 'TimeoutError')),
    () => new Response('broken', { status: 500 }),
    () => new Response('busy', { status: 503, headers: { 'retry-after': '3600' } }),
  ];
  const waits = [];
  for (const fault of faults) {
    world.answers(fault);
    await world.run();
    const [row] = await listDeliveries(world.ctx, { endpointId: endpoint.id, limit: 1 });
    const wait = (row?.nextAt ?? 0) - world.ctx.clock.now();
    waits.push(wait);
    await world.run();
    world.advance(wait);
  }
  expect(waits).toEqual([5000, 60_000, 300_000, 3_600_000]);
  expect((await findEndpoint(world.ctx, endpoint.id)).failingSince).not.toBeNull();
  world.answers(() => new Response(null, { status: 204 }));
  await world.run();
  expect(await logOf(world, endpoint.id)).toEqual([
    {
      ...{ state: 'delivered', attempts: 5 },
      errors: ['unreachable', 'timeout', 'status_500', 'status_503', null],
    },
  ]);
  expect((await findEndpoint(world.ctx, endpoint.id)).failingSince).toBeNull();
  expect(world.asked).toHaveLength(5);
  const ids = new Set(world.asked.map((request) => request.headers.get('webhook-id')));
  expect(ids.size).toBe(1);
});

test('who takes nothing for a day has failed, and can be recovered', async () => {
  const world = webhookWorld();
  const { endpoint } = await world.endpoint();
  const begin = world.ctx.clock.now();
  world.suppress();
  world.answers(() => new Response('no', { status: 400 }));
  for (let hours = 0; hours < 30; hours++) {
    for (let minute = 0; minute < 60; minute++) {
      await world.run();
      world.advance(60_000);
    }
  }
  const [failed] = await logOf(world, endpoint.id);
  expect([failed?.state, failed?.attempts]).toEqual(['failed', 9]);
  world.answers(() => new Response('yes'));
  expect(await recoverFailed(world.ctx, { endpointId: endpoint.id, since: begin + 1 })).toBe(0);
  expect(await recoverFailed(world.ctx, { endpointId: endpoint.id, since: begin })).toBe(1);
  await world.run();
  expect((await logOf(world, endpoint.id))[0]).toMatchObject({ state: 'delivered', attempts: 1 });
});

test('a redirect is not followed, wherever it leads', async () => {
  const world = webhookWorld();
  const { endpoint } = await world.endpoint();
  world.suppress();
  world.answers(
    () => new Response(null, { status: 302, headers: { location: 'http://169.254.169.254/' } }),
  );
  await world.run();
  expect(await logOf(world, endpoint.id)).toMatchObject([{ errors: ['redirect_refused'] }]);
  expect(world.asked.map(({ url, redirect }) => [url, redirect])).toEqual([
    ['https://hooks.example.com/in', 'manual'],
  ]);
});

test.each([
  'https://10.0.0.1/',
  'https://127.0.0.1/',
  'https://0x7f000001/',
  'https://[::1]/',
  'https://[::ffff:10.0.0.1]/',
  'https://169.254.169.254/latest/meta-data',
  'https://100.64.0.1/',
  'https://localhost/',
  'https://db.internal/',
  'http://example.com/',
  'ftp://example.com/',
  'https://user:secret@example.com/',
  'nonsense',
])('%s is refused when it is given, and asked nothing if it is there all the same', async (url) => {
  const world = webhookWorld();
  await expect(world.endpoint([], url)).rejects.toMatchObject({ code: 'invalid_input' });
  const { endpoint } = await world.endpoint();
  world.exec(`UPDATE webhook_endpoint SET url = '${url}'`);
  world.suppress();
  await world.run();
  expect(world.asked).toEqual([]);
  expect((await logOf(world, endpoint.id))[0]?.errors[0]).toMatch(
    /^(private_address|not_https|bad_address)$/,
  );
});

test('410 switches an endpoint off, five bad days do too, and a person may switch it on', async () => {
  const world = webhookWorld();
  const { endpoint } = await world.endpoint();
  const state = async () => {
    const own = await findEndpoint(world.ctx, endpoint.id);
    return [own.state, own.disabledReason];
  };
  world.suppress();
  world.answers(() => new Response('', { status: 410 }));
  await world.run();
  expect(await state()).toEqual(['disabled', 'gone']);
  const { revision } = await findEndpoint(world.ctx, endpoint.id);
  await editEndpoint(world.ctx, world.deps, { id: endpoint.id, revision, isEnabled: true });
  expect(await state()).toEqual(['enabled', null]);
  world.answers(() => new Response('', { status: 500 }));
  for (let day = 0; day < 7; day++) {
    world.suppress(`+1212555020${day}`);
    await world.run();
    world.advance(DAY_MS);
  }
  expect(await state()).toEqual(['disabled', 'failing']);
});

test('two who look at the same time deliver once; who dies leaves it to be tried again', async () => {
  const world = webhookWorld();
  await world.endpoint();
  world.suppress();
  await Promise.all([world.run(), world.run(), world.run()]);
  expect(world.asked).toHaveLength(1);
  world.suppress('+12125550102');
  const dies = {
    ...world.deps,
    sealer: { ...world.deps.sealer, open: () => Promise.reject(new Error('killed')) },
  };
  await expect(deliverDue(world.ctx, dies)).rejects.toThrow('killed');
  await world.run();
  expect(world.asked).toHaveLength(1);
  world.advance(60_001);
  await world.run();
  expect(world.asked).toHaveLength(2);
});

test('a slow receiver does not hold up the others', async () => {
  const world = webhookWorld();
  await world.endpoint([], 'https://slow.example.com/');
  await world.endpoint([], 'https://quick.example.com/');
  for (let i = 0; i < 30; i++) world.suppress(`+121255502${String(i).padStart(2, '0')}`);
  const first = world.run();
  await first;
  const hosts = world.asked.map(({ url }) => new URL(url).hostname);
  expect(hosts.filter((host) => host === 'slow.example.com')).toHaveLength(5);
  expect(hosts.filter((host) => host === 'quick.example.com')).toHaveLength(5);
  while ((await world.run()) === 0);
  for (let i = 0; i < 20; i++) await world.run();
  expect(world.asked).toHaveLength(60);
});

test('a new secret signs beside the old one for a day', async () => {
  vi.useFakeTimers({ now: Date.parse('2026-05-14T14:07:00Z'), toFake: ['Date'] });
  const world = webhookWorld();
  const random = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes);
  const { endpoint, secret: old } = await world.endpoint();
  const deps = { sealer: world.deps.sealer, random };
  const { secret } = await rotateSecret(world.ctx, deps, endpoint.id);
  const accepts = async (own: string) => {
    await sendTest(world.ctx, endpoint.id);
    await world.run();
    const request = world.asked.at(-1);
    vi.setSystemTime(world.ctx.clock.now());
    const headers = Object.fromEntries(request?.headers ?? []);
    const body = (await request?.clone().text()) ?? '';
    try {
      new Webhook(own).verify(body, headers);
      return true;
    } catch {
      return false;
    }
  };
  expect([await accepts(old), await accepts(secret)]).toEqual([true, true]);
  world.advance(DAY_MS);
  expect([await accepts(old), await accepts(secret)]).toEqual([false, true]);
  vi.useRealTimers();
});

test('one delivery can be sent again; what is a week old is forgotten', async () => {
  const world = webhookWorld();
  const { endpoint } = await world.endpoint();
  const deliveryId = await sendTest(world.ctx, endpoint.id);
  await world.run();
  await redeliver(world.ctx, { endpointId: endpoint.id, deliveryId });
  await world.run();
  expect(world.asked).toHaveLength(2);
  const other = world.contextOf('ten_b');
  await expect(redeliver(other, { endpointId: endpoint.id, deliveryId })).rejects.toMatchObject({
    code: 'not_found',
  });
  world.advance(7 * DAY_MS + 1);
  expect(await pruneDeliveries(world.ctx)).toBe(1);
  await expect(redeliver(world.ctx, { endpointId: endpoint.id, deliveryId })).rejects.toMatchObject(
    { code: 'not_found' },
  );
});
