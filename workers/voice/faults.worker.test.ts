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
import { type FaultPlan, seededDraw } from '../faults/fault-plan.ts';
import { faultyD1 } from '../faults/faulty-d1.ts';
import { faultyQueue } from '../faults/faulty-queue.ts';
import { batchWithFaults } from '../faults/with-faults.ts';

const NONE: FaultPlan = {
  seed: 7,
  d1Before: 0,
  d1After: 0,
  d1Slow: 0,
  d1SlowMs: 0,
  queueTwice: 0,
  queueAckLost: 0,
};
const PEOPLE = 24;
const ROUND_MS = 61_000;
const ROUNDS = 40;

function failing(d1: D1Database, plan: Partial<FaultPlan>, clock = manualClock()) {
  let struck = 0;
  const draw = seededDraw(NONE.seed);
  const counted = (share: number) => {
    const strikes = draw(share);
    if (strikes) struck += 1;
    return strikes;
  };
  const faulty = faultyD1(d1, { ...NONE, ...plan }, counted, clock);
  return { d1: faulty, struck: () => struck };
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

test('a message that is to come twice is sent twice, alone and in a batch', async () => {
  const sent: unknown[] = [];
  const queue = {
    send: async (body: unknown) => sent.push(body),
    sendBatch: async (messages: Iterable<{ body: unknown }>) => {
      for (const { body } of messages) sent.push(body);
    },
  } as unknown as Queue<number>;
  const twice = faultyQueue(queue, { ...NONE, queueTwice: 1 }, seededDraw(1));
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
