import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { newTenant } from '../../tests/support/tenant.ts';

const shards = env as unknown as Record<'EVENTS_0' | 'EVENTS_1', D1Database>;
const event = (n: number, at: number, type = 'twilio.status') => ({
  callId: 'call_1',
  source: 'session' as const,
  n,
  at,
  type,
  detail: { n },
});
const MAY = Date.parse('2026-05-31T23:59:59.999Z');
const JUNE = Date.parse('2026-06-01T00:00:00.000Z');

test('what was appended is read in order, across months and shards', async () => {
  const { events } = await newTenant();
  await events.append([event(1, JUNE), event(0, MAY, 'call.queued')]);
  const read = await events.read('call_1', MAY, JUNE);
  expect(read.map(({ n, type }) => [n, type])).toEqual([
    [0, 'call.queued'],
    [1, 'twilio.status'],
  ]);
  expect(read[0]?.detail).toEqual({ n: 0 });
});

test('a replay adds nothing and changes nothing', async () => {
  const { events } = await newTenant();
  await events.append([event(0, MAY)]);
  await events.append([{ ...event(0, MAY), type: 'changed' }, event(1, MAY)]);
  const read = await events.read('call_1', MAY, MAY);
  expect(read.map(({ type }) => type)).toEqual(['twilio.status', 'twilio.status']);
});

test('two thousand events go in at once', async () => {
  const { events } = await newTenant();
  await events.append(Array.from({ length: 2500 }, (_, n) => event(n, MAY)));
  expect(await events.read('call_1', MAY, MAY)).toHaveLength(2500);
});

test('a tenant does not see the events of another with the same call id', async () => {
  const [one, other] = [await newTenant(), await newTenant()];
  await one.events.append([event(0, MAY)]);
  expect(await other.events.read('call_1', MAY, MAY)).toEqual([]);
});

test.each([
  ['UPDATE', "UPDATE call_event SET type = 'x'"],
  ['DELETE', 'DELETE FROM call_event'],
])('%s is refused by the database itself, in every shard', async (_, sql) => {
  const { events } = await newTenant();
  await events.append([event(0, MAY), event(1, JUNE)]);
  for (const shard of [shards.EVENTS_0, shards.EVENTS_1]) {
    await expect(shard.prepare(sql).run()).rejects.toThrow(/append-only/);
  }
});
