import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { newCampaign } from '../../tests/support/campaign.ts';
import { newDialler, settleReport, twilioError } from '../../tests/support/dialing.ts';
import { manualClock, newTenant } from '../../tests/support/tenant.ts';
import type { TenantRow } from '../db/platform-db.ts';
import { campaign, dialDay, enrolment } from '../db/schema/campaign.ts';
import type { TenantContext } from '../tenants/context.ts';

const NUMBERS = ['+12125550001', '+12125550002', '+12125550003'];
const TODAY = '2026-05-14';
/** The next day's opening in New York. */
const TOMORROW = Date.parse('2026-05-15T13:00:00Z');

async function limited(limits: Partial<TenantRow>, numbers: readonly string[] = NUMBERS) {
  const clock = manualClock();
  const own = await newTenant({ clock });
  const ctx: TenantContext = { ...own, tenant: { ...own.tenant, ...limits } };
  const { id: campaignId } = await newCampaign(ctx, { numbers });
  const dialler = await newDialler(ctx);
  const run = async () => dialler.dial(await dialler.claim(campaignId));
  return { ctx, clock, campaignId, run, ...dialler };
}

const dayOf = (ctx: TenantContext) => ctx.db.findOne(dialDay, eq(dialDay.day, TODAY));

async function putOff(ctx: TenantContext) {
  const rows = await ctx.db.find(enrolment);
  return rows
    .filter(({ state }) => state === 'due')
    .map(({ reason, dueAt, attempts }) => ({ reason, dueAt, attempts }));
}

test.each([
  { name: 'calls', limits: { dailyAttempts: 2 }, reason: 'daily_attempts_reached' },
  { name: 'money', limits: { dailySpendMicros: 30_000 }, reason: 'daily_spend_reached' },
])('when the day has no $name left the others are due the next day', async ({ limits, reason }) => {
  const { ctx, run, twilio } = await limited(limits);
  await run();
  expect(twilio.posts).toHaveLength(2);
  expect(await putOff(ctx)).toEqual([{ reason, dueAt: TOMORROW, attempts: 0 }]);
  expect(await dayOf(ctx)).toMatchObject({ attempts: 2, spentMicros: 28_000 });
});

test('a limit of nothing dials nobody', async () => {
  for (const limits of [{ dailyAttempts: 0 }, { dailySpendMicros: 0 }]) {
    const { run, twilio } = await limited(limits);
    await run();
    expect(twilio.posts).toEqual([]);
  }
});

test('a call that ended gives back what it held and pays what it cost', async () => {
  const { ctx, run, twilio, later } = await limited({}, ['+12125550001', '+12125550002']);
  twilio.create = (form) =>
    form.get('To') === '+12125550001'
      ? twilioError(400, 21211, 'not a number')
      : twilioError(429, 20429, 'too many');
  await run();
  expect(later.flatMap(({ jobs }) => jobs)).toHaveLength(1);
  const [refused] = await ctx.db.find(enrolment, eq(enrolment.e164, '+12125550001'));
  expect(refused?.state).toBe('active');
  expect(await dayOf(ctx)).toMatchObject({ attempts: 1, spentMicros: 14_000 });
  for (const form of twilio.posts) await settleReport(ctx, callIdOf(form));
  expect(await dayOf(ctx)).toMatchObject({ attempts: 1, spentMicros: 0 });
});

test('a number is dialled no more often than its campaign allows, by whichever campaign', async () => {
  const { ctx, clock, campaignId, run, twilio, claim, dial } = await limited({}, ['+12125550001']);
  twilio.create = () => twilioError(400, 21211, 'not a number');
  await run();
  for (const form of twilio.posts) await settleReport(ctx, callIdOf(form));
  const second = await newCampaign(ctx, { numbers: ['+12125550001'] });
  await ctx.db.run(
    ctx.db.update(campaign, { dailyAttemptsPerNumber: 1 }, eq(campaign.id, second.id)),
  );
  clock.advance(3_600_000);
  const at = clock.now();
  await dial(await claim(second.id));
  expect(twilio.posts).toHaveLength(1);
  const [own] = await ctx.db.find(enrolment, eq(enrolment.campaignId, second.id));
  expect(own).toMatchObject({ state: 'due', reason: 'dialled_too_often', attempts: 0 });
  const dueAt = own?.dueAt ?? 0;
  expect(dueAt).toBeGreaterThan(at);
  clock.advance(dueAt - clock.now());
  await dial(await claim(second.id));
  expect(twilio.posts).toHaveLength(2);
  expect(campaignId).not.toBe(second.id);
});

function callIdOf(form: URLSearchParams): string {
  return /\/c\/([^/]+)\//.exec(form.get('StatusCallback') ?? '')?.[1] ?? '';
}
