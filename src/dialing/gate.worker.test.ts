import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { oneClaimed, settleReport } from '../../tests/support/dialing.ts';
import { testCancels } from '../../tests/support/tenant.ts';
import { setCampaignState } from '../campaigns/set-state.ts';
import { call } from '../db/schema/call.ts';
import { attempt, campaign, enrolment } from '../db/schema/campaign.ts';
import { suppression } from '../db/schema/contact.ts';
import type { TenantContext } from '../tenants/context.ts';

const attemptOf = (ctx: TenantContext, id: string) => ctx.db.findOne(attempt, eq(attempt.id, id));

async function contactOf(ctx: TenantContext) {
  const [row] = await ctx.db.find(enrolment);
  return row;
}

const suppress = (ctx: TenantContext) =>
  ctx.db.run(
    ctx.db.insert(suppression, {
      e164: '+12125550001',
      reason: 'manual',
      createdAt: ctx.clock.now(),
    }),
  );

/** What the gate does not let pass, and what becomes of the contact. */
const GATES: readonly {
  readonly name: string;
  readonly close: (own: { ctx: TenantContext; campaignId: string }) => Promise<unknown>;
  readonly contact: { readonly state: string; readonly reason: string; readonly attempts?: number };
}[] = [
  {
    name: 'a paused campaign',
    close: ({ ctx, campaignId }) =>
      setCampaignState(ctx, testCancels, { campaignId, state: 'paused' }),
    contact: { state: 'due', attempts: 0, reason: 'campaign_paused' },
  },
  {
    name: 'a stopped campaign',
    close: ({ ctx, campaignId }) =>
      setCampaignState(ctx, testCancels, { campaignId, state: 'stopped' }),
    contact: { state: 'skipped', reason: 'campaign_stopped' },
  },
  {
    name: 'a number that was suppressed after the claim',
    close: ({ ctx }) => suppress(ctx),
    contact: { state: 'skipped', reason: 'suppressed' },
  },
];

test.each(GATES)('$name is not dialled', async ({ close, contact }) => {
  const { ctx, dial, callId, campaignId, twilio, pacer } = await oneClaimed();
  await close({ ctx, campaignId });
  await dial([callId]);
  await dial([callId]);
  expect(twilio.posts).toEqual([]);
  expect(await contactOf(ctx)).toMatchObject(contact);
  expect(await attemptOf(ctx, callId)).toMatchObject({ state: 'ended' });
  expect(await pacer.inFlight()).toBe(0);
  expect((await ctx.db.find(call)).map(({ status, errorCode }) => ({ status, errorCode }))).toEqual(
    contact.state === 'skipped' ? [{ status: 'canceled', errorCode: contact.reason }] : [],
  );
  await settleReport(ctx, callId);
  expect(await contactOf(ctx)).toMatchObject(contact);
});

test('a window that closed while the call waited makes it due at the next opening', async () => {
  const { ctx, dial, callId, twilio, clock, pacer } = await oneClaimed();
  clock.advance(Date.parse('2026-05-15T00:00:00Z') - clock.now());
  await dial([callId]);
  expect(twilio.posts).toEqual([]);
  expect(await contactOf(ctx)).toMatchObject({
    state: 'due',
    attempts: 0,
    reason: 'window_closed',
    dueAt: Date.parse('2026-05-15T13:00:00Z'),
  });
  expect(await pacer.inFlight()).toBe(0);
});

test('the window is that of the called person, not of the campaign', async () => {
  const { ctx, dial, callId, twilio } = await oneClaimed();
  await ctx.db.run(
    ctx.db.raw("UPDATE contact SET time_zone = 'Asia/Kolkata' WHERE tenant_id = ?1"),
  );
  await ctx.clock.sleep(60 * 60_000);
  await dial([callId]);
  expect(twilio.posts).toEqual([]);
  expect(await contactOf(ctx)).toMatchObject({ dueAt: Date.parse('2026-05-15T03:30:00Z') });
});

test.each([
  { name: 'a suspended tenant', change: { state: 'suspended' }, reason: 'tenant_suspended' },
  { name: 'a plan for inbound', change: { plan: 'INBOUND' }, reason: 'plan_without_outbound' },
  {
    name: 'a country that is not allowed',
    change: { callingCodes: ['44', '358'] },
    reason: 'destination_not_allowed',
  },
] as const)('$name dials nobody', async ({ change, reason }) => {
  const { ctx, dial, callId, twilio, pacer } = await oneClaimed();
  await dial([callId], {}, { ...ctx, tenant: { ...ctx.tenant, ...change } });
  expect(twilio.posts).toEqual([]);
  expect(await contactOf(ctx)).toMatchObject({ state: 'skipped', reason });
  expect(await pacer.inFlight()).toBe(0);
});

test('a campaign whose hours lie outside of what the law allows dials nobody', async () => {
  const { ctx, dial, callId, campaignId, twilio } = await oneClaimed();
  await ctx.db.run(
    ctx.db.update(
      campaign,
      { opensMinute: 22 * 60, closesMinute: 23 * 60 },
      eq(campaign.id, campaignId),
    ),
  );
  await dial([callId]);
  expect(twilio.posts).toEqual([]);
  expect(await contactOf(ctx)).toMatchObject({ state: 'skipped', reason: 'window_never_open' });
});

test('a contact without a variable is never dialled; his history says which one', async () => {
  const { ctx, dial, callId, twilio, speech } = await oneClaimed({ campaign: { fields: {} } });
  await dial([callId]);
  await dial([callId]);
  expect(twilio.posts).toEqual([]);
  expect(speech.texts).toEqual([]);
  expect(await contactOf(ctx)).toMatchObject({
    state: 'skipped',
    reason: 'missing_variable:firstName',
  });
  const events = await ctx.events.read(callId, ctx.clock.now(), ctx.clock.now());
  expect(events.map(({ source, n, type }) => [source, n, type])).toEqual([
    ['cron', 0, 'call.queued'],
    ['dial', 0, 'vars.snapshot'],
    ['dial', 6, 'call.finished'],
  ]);
  expect(events.at(-1)?.detail).toMatchObject({
    code: 'missing_variable',
    missing: ['firstName'],
  });
});

test.each(GATES)('$name does not end a call that another batch has dialled', async ({ close }) => {
  const { ctx, dial, callId, campaignId, twilio, pacer, deps } = await oneClaimed();
  const late = await deps.prepare([callId]);
  await dial([callId]);
  await close({ ctx, campaignId });
  await dial([callId], { prepare: async () => late });
  expect(twilio.posts).toHaveLength(1);
  expect(await attemptOf(ctx, callId)).toMatchObject({ state: 'accepted' });
  expect(await contactOf(ctx)).toMatchObject({ state: 'active', attempts: 1 });
  expect(await pacer.inFlight()).toBe(1);
});

test('a window that closes does not end a call that another batch has dialled', async () => {
  const { ctx, clock, dial, callId, pacer, deps } = await oneClaimed();
  const late = await deps.prepare([callId]);
  await dial([callId]);
  clock.advance(Date.parse('2026-05-15T00:00:00Z') - clock.now());
  await dial([callId], { prepare: async () => late });
  expect(await attemptOf(ctx, callId)).toMatchObject({ state: 'accepted' });
  expect(await pacer.inFlight()).toBe(1);
});
