import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { shardBindings } from '../../src/db/databases.ts';
import { EventStore } from '../../src/db/event-store.ts';
import { attempt, enrolment } from '../../src/db/schema/campaign.ts';
import { TenantDb } from '../../src/db/tenant-db.ts';
import { sweepAttempt } from '../../src/dialing/sweep.ts';
import { newCampaign } from '../../tests/support/campaign.ts';
import { callJson, newDialler, settleReport, sidOf } from '../../tests/support/dialing.ts';
import { sessionOf } from '../../tests/support/session.ts';
import { manualClock, newTenant, testDatabases } from '../../tests/support/tenant.ts';
import { type FaultKind, type Strikes, seededDraw } from '../faults/fault-plan.ts';
import { faultyD1 } from '../faults/faulty-d1.ts';
import { faultyQueue } from '../faults/faulty-queue.ts';
import { batchesWithFaults, batchWithFaults } from '../faults/with-faults.ts';

const SEED = 7;
const PEOPLE = 24;
const ROUND_MS = 61_000;
const ROUNDS = 40;

/** Strikes as often as `shares` has it; what it does not name never does. */
function strikesBy(shares: Partial<Record<FaultKind, number>>, seed = SEED): Strikes {
  const draw = seededDraw(seed);
  return (kind) => draw(shares[kind] ?? 0);
}

type Shares = Partial<Record<FaultKind, number>> & { readonly d1SlowMs?: number };

function failing(d1: D1Database, { d1SlowMs = 0, ...shares }: Shares, clock = manualClock()) {
  let struck = 0;
  const strikes = strikesBy(shares);
  const counted = (kind: FaultKind) => {
    const isStruck = strikes(kind);
    if (isStruck) struck += 1;
    return isStruck;
  };
  return { d1: faultyD1(d1, counted, d1SlowMs, clock), struck: () => struck };
}

const dataShard = () => shardBindings(env, 'DATA')[0] as D1Database;

test.each([
  { name: 'before its commit', plan: { d1Before: 1 }, rows: 0 },
  { name: 'after its commit', plan: { d1After: 1 }, rows: 1 },
])('a statement and a batch that fail $name leave $rows rows', async ({ plan, rows }) => {
  const ctx = await newTenant();
  const { d1 } = failing(dataShard(), plan);
  const insert = (number: string) =>
    d1
      .prepare('INSERT INTO suppression (tenant_id, e164, reason, created_at) VALUES (?, ?, ?, 0)')
      .bind(ctx.tenant.id, number, 'api');
  await expect(insert('+12125550001').run()).rejects.toThrow('fault');
  await expect(d1.batch([insert('+12125550002')])).rejects.toThrow('fault');
  const found = await ctx.db.rows(
    ctx.db.raw('SELECT e164 FROM suppression WHERE tenant_id = ?1 ORDER BY e164'),
  );
  expect(found).toHaveLength(rows * 2);
});

test('a slow statement takes its time and answers', async () => {
  const clock = manualClock();
  const startedAt = clock.now();
  const { d1 } = failing(dataShard(), { d1Slow: 1, d1SlowMs: 700 }, clock);
  expect(await d1.prepare('SELECT 1 AS one').first('one')).toBe(1);
  expect(clock.now() - startedAt).toBe(700);
});

test('a lost ack lets the message come again; without FAULTS the batch is the batch', async () => {
  const message = { id: '1', timestamp: new Date(0), attempts: 1, body: {} };
  const batch = createMessageBatch('destiny-dial', [message]);
  expect(batchWithFaults(batch, env)).toBe(batch);
  const faulty = batchWithFaults(batch, { FAULTS: '{"queueAckLost": 1}' });
  expect(faulty.queue).toBe('destiny-dial');
  for (const each of faulty.messages) each.ack();
  const result = await getQueueResult(batch, createExecutionContext());
  expect(result.explicitAcks).toEqual([]);
  expect(result.retryMessages.map(({ msgId }) => msgId)).toEqual(['1']);
});

test('a message that failed for good comes as a batch of the dead letters, the others as before', async () => {
  const messages = Array.from({ length: 40 }, (_, i) => {
    return { id: `${i}`, timestamp: new Date(0), attempts: 1, body: i };
  });
  const batch = createMessageBatch('destiny-dial', messages);
  expect(batchesWithFaults(batch, env)).toEqual([batch]);
  const parts = batchesWithFaults(batch, { FAULTS: '{"seed": 7, "queueDead": 0.3}' });
  expect(parts.map(({ queue }) => queue)).toEqual(['destiny-dial', 'destiny-dial-dead']);
  const [alive, dead] = parts.map((part) => part.messages.map(({ id }) => id));
  expect(alive?.length).toBeGreaterThan(20);
  expect(dead?.length).toBeGreaterThan(4);
  expect([...(alive ?? []), ...(dead ?? [])].sort()).toEqual(messages.map(({ id }) => id).sort());
  expect(batchesWithFaults(batch, { FAULTS: '{"queueDead": 1}' })[1]?.messages).toHaveLength(40);
});

test('what strikes for a time only is over after it', async () => {
  const message = { id: '1', timestamp: new Date(0), attempts: 1, body: {} };
  const batch = createMessageBatch('destiny-dial', [message]);
  const faults = { FAULTS: '{"queueDead": 1, "forMs": 1}' };
  batchesWithFaults(batch, faults);
  await expect.poll(() => batchesWithFaults(batch, faults).length).toBe(1);
});

test('a message that is to come twice is sent twice, alone and in a batch', async () => {
  const sent: unknown[] = [];
  const queue = {
    send: async (body: unknown) => sent.push(body),
    sendBatch: async (messages: Iterable<{ body: unknown }>) => {
      for (const { body } of messages) sent.push(body);
    },
  } as unknown as Queue<number>;
  const twice = faultyQueue(queue, strikesBy({ queueTwice: 1 }));
  await twice.send(1);
  await twice.sendBatch([{ body: 2 }, { body: 3 }]);
  expect(sent).toEqual([1, 1, 2, 3, 2, 3]);
});

test('a campaign on failing databases, its jobs delivered twice, calls everybody exactly once', async () => {
  const clock = manualClock();
  const sound = await newTenant({ clock });
  const numbers = Array.from({ length: PEOPLE }, (_, i) => `+1212555${String(i).padStart(4, '0')}`);
  const { id: campaignId } = await newCampaign(sound, { numbers, retrySeconds: [] });
  const plan = { d1Before: 0.05, d1After: 0.05, d1Slow: 0.05, d1SlowMs: 300 };
  const data = failing(dataShard(), plan, clock);
  const events = shardBindings(env, 'EVENTS').map((d1) => failing(d1, plan, clock));
  const ctx = {
    ...sound,
    db: new TenantDb(data.d1, sound.tenant.id),
    events: new EventStore(
      events.map(({ d1 }) => d1),
      sound.tenant.id,
    ),
  };
  const { claim, dial, twilio, later, pacer } = await newDialler(ctx);
  const made = new Map<string, object>();
  twilio.create = (form) => {
    const call = callJson({ sid: sidOf(twilio.posts.length), to: form.get('To') });
    const at = new Date(clock.now()).toUTCString();
    const ended = { date_created: at, start_time: at, end_time: at, duration: '20' };
    made.set(call.sid, { ...call, ...ended, status: 'completed' });
    return Response.json(call, { status: 201 });
  };
  twilio.read = (url) => {
    const sid = /(CA\w+)\.json$/.exec(url.pathname)?.[1];
    if (sid !== undefined) return Response.json(made.get(sid));
    const to = url.searchParams.get('To');
    const calls = [...made.values()].filter((call) => Reflect.get(call, 'to') === to);
    return Response.json({ calls });
  };
  const deps = {
    carrier: twilio.carrier,
    session: (callId: string) => sessionOf({ tenantId: ctx.tenant.id, callId }),
    release: (ids: readonly string[]) => pacer.release(ids),
  };
  const open = async () =>
    (await sound.db.find(enrolment)).filter(({ state }) => state === 'due' || state === 'active');

  for (let round = 0; round < ROUNDS && (await open()).length > 0; round++) {
    const due = await claim(campaignId).catch(() => []);
    const again = later.splice(0).flatMap(({ jobs }) => jobs.map(({ callId }) => callId));
    const refs = await testDatabases.platform.expiredAttempts(clock.now(), 1000);
    for (const ref of refs.filter(({ tenantId }) => tenantId === ctx.tenant.id)) {
      const job = await sweepAttempt(ctx, deps, ref).catch(() => null);
      if (job !== null) again.push(job.callId);
    }
    const jobs = [...due, ...again];
    for (const delivered of [jobs, jobs]) await dial(delivered).catch(() => undefined);
    for (const { id } of await sound.db.find(attempt)) {
      await settleReport(ctx, id).catch(() => undefined);
    }
    clock.advance(ROUND_MS);
  }

  expect(await open()).toEqual([]);
  expect(twilio.posts.map((form) => form.get('To')).sort()).toEqual(numbers);
  const attempts = await sound.db.find(attempt);
  expect(attempts.filter(({ state }) => state !== 'ended')).toEqual([]);
  expect(data.struck() + (events[0]?.struck() ?? 0) + (events[1]?.struck() ?? 0)).toBeGreaterThan(
    20,
  );
}, 60_000);
