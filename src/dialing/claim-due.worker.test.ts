import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { newCampaign } from '../../tests/support/campaign.ts';
import { manualClock, newTenant } from '../../tests/support/tenant.ts';
import { shardBindings } from '../db/databases.ts';
import { attempt, campaign, enrolment } from '../db/schema/campaign.ts';
import { TenantDb } from '../db/tenant-db.ts';
import { claimDue } from './claim-due.ts';
import { endAttempt } from './end-attempt.ts';
import { finishIfDone } from './finish-campaign.ts';
import { QUEUED_LEASE_MS } from './leases.ts';

const numbers = (count: number) =>
  Array.from({ length: count }, (_, i) => `+1212555${String(i).padStart(4, '0')}`);

const jobsOf = async (...args: Parameters<typeof claimDue>) => (await claimDue(...args)).jobs;

test('a claim makes one leased attempt for each due contact', async () => {
  const ctx = await newTenant({ dataShard: 1 });
  const { id } = await newCampaign(ctx, { numbers: numbers(3) });
  const jobs = await jobsOf(ctx, { campaignId: id, limit: 10 });
  expect(jobs).toHaveLength(3);
  const attempts = await ctx.db.find(attempt);
  expect(attempts.map((row) => row.id).sort()).toEqual(jobs.map((job) => job.callId).sort());
  for (const row of attempts) {
    expect(row).toMatchObject({ state: 'queued', ordinal: 1 });
    expect(row.leaseUntil).toBe(ctx.clock.now() + QUEUED_LEASE_MS);
  }
  expect((await ctx.db.find(enrolment)).map((row) => row.state)).toEqual([
    'active',
    'active',
    'active',
  ]);
});

test('a second claim finds nothing more', async () => {
  const ctx = await newTenant();
  const { id } = await newCampaign(ctx, { numbers: numbers(2) });
  await jobsOf(ctx, { campaignId: id, limit: 10 });
  expect(await jobsOf(ctx, { campaignId: id, limit: 10 })).toEqual([]);
});

test('side by side claims share the contacts and never take one twice', async () => {
  const ctx = await newTenant();
  const { id } = await newCampaign(ctx, { numbers: numbers(60) });
  const claims = await Promise.all(
    Array.from({ length: 5 }, () => jobsOf(ctx, { campaignId: id, limit: 60 })),
  );
  const ids = claims.flat().map((job) => job.callId);
  expect(new Set(ids).size).toBe(60);
  expect(ids).toHaveLength(60);
});

test('what waits already counts against the limit, across pages', async () => {
  const ctx = await newTenant();
  const { id } = await newCampaign(ctx, { numbers: numbers(250) });
  expect(await jobsOf(ctx, { campaignId: id, limit: 230 })).toHaveLength(230);
  expect(await jobsOf(ctx, { campaignId: id, limit: 240 })).toHaveLength(10);
});

test('a claim reads as much of a long list as of a short one', async () => {
  const readOf = async (people: number) => {
    const ctx = await newTenant();
    const { id } = await newCampaign(ctx, { numbers: numbers(people) });
    let read = 0;
    const d1 = shardBindings(env, 'DATA')[0] as D1Database;
    const counted = new Proxy(d1, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (name !== 'batch') return typeof value === 'function' ? value.bind(target) : value;
        return async (statements: D1PreparedStatement[]) => {
          const results = await target.batch(statements);
          for (const { meta } of results) read += meta.rows_read;
          return results;
        };
      },
    });
    const db = new TenantDb(counted, ctx.tenant.id);
    expect(await jobsOf({ ...ctx, db }, { campaignId: id, limit: 10 })).toHaveLength(10);
    return read;
  };
  const [few, many] = [await readOf(20), await readOf(1000)];
  expect(few).toBeGreaterThan(0);
  expect(many).toBeLessThan(few * 2);
});

test('a number has one active attempt in the tenant, whatever campaigns it is in', async () => {
  const ctx = await newTenant();
  const [one, other] = [await newCampaign(ctx), await newCampaign(ctx)];
  const [job] = await jobsOf(ctx, { campaignId: one.id, limit: 5 });
  expect(await jobsOf(ctx, { campaignId: other.id, limit: 5 })).toEqual([]);
  await endAttempt(ctx, {
    callId: job?.callId ?? '',
    result: 'completed',
    after: { state: 'done' },
  });
  expect(await jobsOf(ctx, { campaignId: other.id, limit: 5 })).toHaveLength(1);
});

test.each(['draft', 'paused'] as const)(
  'a campaign that is %s is not claimed from',
  async (state) => {
    const ctx = await newTenant();
    const { id } = await newCampaign(ctx, { state });
    expect(await jobsOf(ctx, { campaignId: id, limit: 5 })).toEqual([]);
  },
);

test('a contact is not claimed before it is due', async () => {
  const clock = manualClock();
  const ctx = await newTenant({ clock });
  const { id } = await newCampaign(ctx);
  await ctx.db.run(
    ctx.db.update(enrolment, { dueAt: clock.now() + 1000 }, eq(enrolment.campaignId, id)),
  );
  expect(await jobsOf(ctx, { campaignId: id, limit: 5 })).toEqual([]);
  clock.advance(1000);
  expect(await jobsOf(ctx, { campaignId: id, limit: 5 })).toHaveLength(1);
});

test('an attempt ends once, and a retry has the next ordinal', async () => {
  const ctx = await newTenant();
  const { id } = await newCampaign(ctx);
  const [first] = await jobsOf(ctx, { campaignId: id, limit: 5 });
  const end = {
    callId: first?.callId ?? '',
    result: 'busy',
    after: { state: 'due', dueAt: ctx.clock.now(), isCounted: true },
  } as const;
  expect(await endAttempt(ctx, end)).toBe(true);
  expect(await endAttempt(ctx, { ...end, after: { state: 'done' } })).toBe(false);
  const [second] = await jobsOf(ctx, { campaignId: id, limit: 5 });
  expect(await ctx.db.findOne(attempt, eq(attempt.id, second?.callId ?? ''))).toMatchObject({
    ordinal: 2,
  });
});

test('a try that was not counted is given back', async () => {
  const ctx = await newTenant();
  const { id } = await newCampaign(ctx);
  const [first] = await jobsOf(ctx, { campaignId: id, limit: 5 });
  await endAttempt(ctx, {
    callId: first?.callId ?? '',
    result: 'window_closed',
    after: { state: 'due', dueAt: ctx.clock.now(), isCounted: false },
  });
  const [again] = await jobsOf(ctx, { campaignId: id, limit: 5 });
  expect(await ctx.db.findOne(attempt, eq(attempt.id, again?.callId ?? ''))).toMatchObject({
    ordinal: 1,
  });
});

test('a campaign is finished when nobody is left, and not before', async () => {
  const ctx = await newTenant();
  const { id } = await newCampaign(ctx);
  const [job] = await jobsOf(ctx, { campaignId: id, limit: 5 });
  expect(await finishIfDone(ctx, id)).toBe(false);
  await endAttempt(ctx, {
    callId: job?.callId ?? '',
    result: 'completed',
    after: { state: 'done' },
  });
  expect(await finishIfDone(ctx, id)).toBe(true);
  expect(await ctx.db.findOne(campaign, eq(campaign.id, id))).toMatchObject({ state: 'finished' });
});
