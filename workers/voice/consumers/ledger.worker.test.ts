import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { LedgerReport } from '../../../src/calls/session-types.ts';
import { call } from '../../../src/db/schema/call.ts';
import type { TenantContext } from '../../../src/tenants/context.ts';
import { newTenant } from '../../../tests/support/tenant.ts';
import type { VoiceEnv } from '../env.ts';
import worker from '../index.ts';

/** What a session says of a call that came in and is over. */
function report(ctx: TenantContext, events: LedgerReport['events'] = []): LedgerReport {
  const now = ctx.clock.now();
  return {
    ...{ tenantId: ctx.tenant.id, callId: ctx.newId('call'), upTo: 1, isSuppressed: false },
    ...{ events, utterances: [], recordings: [], texts: [] },
    call: {
      ...{ status: 'completed', twilioSid: `CA${'1'.repeat(32)}`, outcome: 'confirmed' },
      ...{ errorCode: null, answeredBy: null, answeredAt: now, endedAt: now, durationSeconds: 3 },
      turns: 1,
    },
    inbound: {
      ...{ fromNumber: '+14155550123', scriptId: 'scr_1', scriptVersion: 1, contactId: null },
      ...{ createdAt: now, toNumber: '+15550100000', variables: {} },
    },
  };
}

async function consume(reports: readonly LedgerReport[]) {
  const messages = reports.map((body, i) => ({
    ...{ id: `m${i}`, timestamp: new Date(), attempts: 1, body },
  }));
  const batch = createMessageBatch<LedgerReport>('destiny-ledger', messages);
  const ctx = createExecutionContext();
  await worker.queue(batch, env as unknown as VoiceEnv, ctx);
  return getQueueResult(batch, ctx);
}

test('reports of several tenants are written, each into its own ledger', async () => {
  const [one, other] = [await newTenant(), await newTenant({ dataShard: 1 })];
  const reports = [report(one), report(other), report(one)];
  const result = await consume(reports);
  expect(result.explicitAcks.sort()).toEqual(['m0', 'm1', 'm2']);
  const outcome = async (ctx: TenantContext, n: number) =>
    (await ctx.db.findOne(call, eq(call.id, reports[n]?.callId ?? '')))?.outcome ?? null;
  expect(await Promise.all([outcome(one, 0), outcome(other, 1), outcome(one, 2)])).toEqual([
    ...['confirmed', 'confirmed', 'confirmed'],
  ]);
  expect(await outcome(other, 0)).toBe(null);
});

test('a report that no database takes comes again, and holds nobody else up', async () => {
  const ctx = await newTenant();
  const at = ctx.clock.now();
  const broken = {
    source: 'session',
    n: 1,
    at,
    type: null as unknown as string,
    detail: {},
  } as const;
  const reports = [report(ctx), report(ctx, [broken]), report(ctx)];
  const result = await consume(reports);
  expect(result.explicitAcks.sort()).toEqual(['m0', 'm2']);
  expect(result.retryMessages.map(({ msgId }) => msgId)).toEqual(['m1']);
  for (const n of [0, 2]) {
    const row = await ctx.db.findOne(call, eq(call.id, reports[n]?.callId ?? ''));
    expect(row?.status).toBe('completed');
  }
});
