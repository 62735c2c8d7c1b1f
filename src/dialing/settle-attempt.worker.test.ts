import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { newCampaign } from '../../tests/support/campaign.ts';
import { ledgerReport, newPlacedCall, placeCall } from '../../tests/support/ledger.ts';
import { manualClock, newTenant } from '../../tests/support/tenant.ts';
import type { LedgerReport } from '../calls/session-types.ts';
import { attempt, campaign, enrolment } from '../db/schema/campaign.ts';
import type { TenantContext } from '../tenants/context.ts';
import { settleAttempt } from './settle-attempt.ts';

const at = (iso: string) => Date.parse(iso);
const ELEVEN = at('2026-05-14T15:00:00Z');

async function contactOf(ctx: TenantContext) {
  const [row] = await ctx.db.find(enrolment);
  return row;
}

const retryEvents = async (ctx: TenantContext, callId: string) =>
  (await ctx.events.read(callId, ctx.clock.now(), ctx.clock.now())).filter(
    ({ source }) => source === 'ledger',
  );

function ended(
  ctx: TenantContext,
  callId: string,
  own: Partial<LedgerReport['call']>,
): LedgerReport {
  return ledgerReport(ctx, callId, { status: 'busy', endedAt: ELEVEN, ...own });
}

test.each(['busy', 'no-answer'] as const)(
  '%s is tried again, counted from the end of the call',
  async (status) => {
    const ctx = await newTenant();
    const { callId } = await newPlacedCall(ctx, { retrySeconds: [600, 1800] });
    await settleAttempt(ctx, ended(ctx, callId, { status }));
    const dueAt = ELEVEN + 600_000;
    expect(await contactOf(ctx)).toMatchObject({
      state: 'due',
      attempts: 1,
      reason: status,
      dueAt,
    });
    expect(await retryEvents(ctx, callId)).toMatchObject([
      { n: 0, type: 'retry.scheduled', detail: { dueAt, attempt: 2 } },
    ]);
  },
);

test('each retry has its own wait, and when the list is used up the contact is exhausted', async () => {
  const clock = manualClock();
  const ctx = await newTenant({ clock });
  const { id } = await newCampaign(ctx, { retrySeconds: [600, 1800] });
  const waits: (number | undefined)[] = [];
  for (let i = 0; i < 2; i++) {
    const { callId } = await placeCall(ctx, id);
    await settleAttempt(ctx, ended(ctx, callId, { endedAt: clock.now() }));
    const dueAt = (await contactOf(ctx))?.dueAt ?? 0;
    waits.push(dueAt - clock.now());
    clock.advance(dueAt - clock.now());
  }
  expect(waits).toEqual([600_000, 1_800_000]);
  const { callId } = await placeCall(ctx, id);
  await settleAttempt(ctx, ended(ctx, callId, { endedAt: clock.now() }));
  expect(await contactOf(ctx)).toMatchObject({ state: 'exhausted', attempts: 3, dueAt: null });
  expect(await retryEvents(ctx, callId)).toMatchObject([
    { type: 'retry.exhausted', detail: { attempts: 3 } },
  ]);
});

test('a retry that would fall into the night waits for the window', async () => {
  const ctx = await newTenant();
  const { callId } = await newPlacedCall(ctx);
  await settleAttempt(ctx, ended(ctx, callId, { endedAt: at('2026-05-14T23:55:00Z') }));
  expect(await contactOf(ctx)).toMatchObject({ dueAt: at('2026-05-15T13:00:00Z') });
});

test('the window of a retry is at the place of the called person', async () => {
  const ctx = await newTenant();
  const { callId } = await newPlacedCall(ctx);
  await ctx.db.run(
    ctx.db.raw("UPDATE contact SET time_zone = 'Asia/Kolkata' WHERE tenant_id = ?1"),
  );
  await settleAttempt(ctx, ended(ctx, callId, {}));
  expect(await contactOf(ctx)).toMatchObject({ dueAt: at('2026-05-15T03:30:00Z') });
});

test.each([
  { name: 'completed', own: { status: 'completed' }, state: 'done', reason: 'completed' },
  {
    name: 'completed with an outcome',
    own: { status: 'completed', outcome: 'confirmed' },
    state: 'done',
    reason: 'confirmed',
  },
  {
    name: 'a number that nobody has (SIP 404)',
    own: { status: 'failed', errorCode: 'sip_404' },
    state: 'skipped',
    reason: 'sip_404',
  },
  {
    name: 'a number that Twilio calls invalid',
    own: { status: 'failed', errorCode: '21217' },
    state: 'skipped',
    reason: '21217',
  },
  {
    name: 'a network that was busy (SIP 503)',
    own: { status: 'failed', errorCode: 'sip_503' },
    state: 'due',
    reason: 'sip_503',
  },
  { name: 'failed without a word', own: { status: 'failed' }, state: 'due', reason: 'failed' },
  { name: 'canceled', own: { status: 'canceled' }, state: 'skipped', reason: 'canceled' },
] as const)('$name: the contact is $state', async ({ own, state, reason }) => {
  const ctx = await newTenant();
  const { callId } = await newPlacedCall(ctx);
  await settleAttempt(ctx, ended(ctx, callId, own));
  expect(await contactOf(ctx)).toMatchObject({ state, reason });
  expect(await ctx.db.findOne(attempt, eq(attempt.id, callId))).toMatchObject({
    state: 'ended',
    result: reason,
  });
});

test('settling again changes nothing, also after the next attempt began', async () => {
  const clock = manualClock();
  const ctx = await newTenant({ clock });
  const { callId, campaignId } = await newPlacedCall(ctx);
  await settleAttempt(ctx, ended(ctx, callId, {}));
  const first = await contactOf(ctx);
  await settleAttempt(ctx, ended(ctx, callId, { status: 'completed' }));
  expect(await contactOf(ctx)).toEqual(first);
  expect(await retryEvents(ctx, callId)).toHaveLength(1);

  clock.advance((first?.dueAt ?? 0) - clock.now());
  await placeCall(ctx, campaignId);
  await settleAttempt(ctx, ended(ctx, callId, { status: 'completed' }));
  expect(await contactOf(ctx)).toMatchObject({ state: 'active', attempts: 2 });
});

test('two ends at once: one counts, with one event', async () => {
  const ctx = await newTenant();
  const { callId } = await newPlacedCall(ctx);
  await Promise.all(Array.from({ length: 5 }, () => settleAttempt(ctx, ended(ctx, callId, {}))));
  expect(await contactOf(ctx)).toMatchObject({ state: 'due', attempts: 1 });
  expect(await retryEvents(ctx, callId)).toHaveLength(1);
});

test('a campaign that can never call again exhausts its contact', async () => {
  const ctx = await newTenant();
  const { callId, campaignId } = await newPlacedCall(ctx);
  await ctx.db.run(
    ctx.db.update(campaign, { opensMinute: 1380, closesMinute: 1439 }, eq(campaign.id, campaignId)),
  );
  await settleAttempt(ctx, ended(ctx, callId, {}));
  expect(await contactOf(ctx)).toMatchObject({ state: 'exhausted', dueAt: null });
});

test('a call of another tenant is not settled', async () => {
  const [one, other] = [await newTenant(), await newTenant()];
  const { callId } = await newPlacedCall(one);
  await settleAttempt(other, ended(other, callId, { status: 'completed' }));
  expect(await contactOf(one)).toMatchObject({ state: 'active' });
});
