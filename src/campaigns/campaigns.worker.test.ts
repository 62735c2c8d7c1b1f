import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { newCampaign, SCRIPT } from '../../tests/support/campaign.ts';
import { ledgerReport, placeCall } from '../../tests/support/ledger.ts';
import { manualClock, newTenant, testCancels, testDatabases } from '../../tests/support/tenant.ts';
import { applyReport } from '../calls/apply-report.ts';
import { type CampaignState, campaign, enrolment } from '../db/schema/campaign.ts';
import { script } from '../db/schema/script.ts';
import { settleAttempt } from '../dialing/settle-attempt.ts';
import { FlowCache } from '../scripts/flow-cache.ts';
import { publishScript } from '../scripts/publish-script.ts';
import { saveScript } from '../scripts/save-script.ts';
import type { TenantContext } from '../tenants/context.ts';
import { createCampaign } from './create-campaign.ts';
import { enrolContacts } from './enrol-contacts.ts';
import { type ProgressDeps, readProgress } from './read-progress.ts';
import { notePrimeError, PRIME_LEASE_MS, type PrimeJob, requestSpeech } from './request-speech.ts';
import { setCampaignState } from './set-state.ts';

const campaignOf = (ctx: TenantContext, id: string) =>
  ctx.db.findOne(campaign, eq(campaign.id, id));

async function campaignIn(ctx: TenantContext, state: CampaignState): Promise<string> {
  const { id } = await newCampaign(ctx);
  await ctx.db.run(ctx.db.update(campaign, { state }, eq(campaign.id, id)));
  return id;
}

test.each([
  ['draft', 'running', true],
  ['draft', 'paused', false],
  ['draft', 'stopped', true],
  ['scheduled', 'running', true],
  ['scheduled', 'paused', false],
  ['scheduled', 'stopped', true],
  ['running', 'running', true],
  ['running', 'paused', true],
  ['running', 'stopped', true],
  ['paused', 'running', true],
  ['paused', 'paused', true],
  ['paused', 'stopped', true],
  ['stopped', 'running', false],
  ['stopped', 'paused', false],
  ['stopped', 'stopped', true],
  ['finished', 'running', false],
  ['finished', 'paused', false],
  ['finished', 'stopped', false],
] as const)('a campaign that is %s becomes %s: %s', async (from, to, isAllowed) => {
  const ctx = await newTenant();
  const campaignId = await campaignIn(ctx, from);
  const wish = setCampaignState(ctx, testCancels, { campaignId, state: to });
  if (isAllowed) expect(await wish).toEqual({ state: to });
  else await expect(wish).rejects.toMatchObject({ code: 'conflict' });
  expect(await campaignOf(ctx, campaignId)).toMatchObject({ state: isAllowed ? to : from });
});

test('the first launch is dated, a resume is not, and it clears why it was paused', async () => {
  const clock = manualClock();
  const ctx = await newTenant({ clock });
  const campaignId = await campaignIn(ctx, 'draft');
  const launchedAt = clock.now();
  await setCampaignState(ctx, testCancels, { campaignId, state: 'running' });
  clock.advance(1000);
  await setCampaignState(ctx, testCancels, {
    campaignId,
    state: 'paused',
    reason: 'Twilio refused',
  });
  expect(await campaignOf(ctx, campaignId)).toMatchObject({ pausedReason: 'Twilio refused' });
  await setCampaignState(ctx, testCancels, { campaignId, state: 'running' });
  expect(await campaignOf(ctx, campaignId)).toMatchObject({ launchedAt, pausedReason: null });
});

test('a stop wins over a pause that was decided at the same time', async () => {
  const ctx = await newTenant();
  for (const wishes of [['stopped', 'paused'] as const, ['paused', 'stopped'] as const]) {
    const campaignId = await campaignIn(ctx, 'running');
    await Promise.allSettled(
      wishes.map((state) => setCampaignState(ctx, testCancels, { campaignId, state })),
    );
    expect(await campaignOf(ctx, campaignId)).toMatchObject({ state: 'stopped' });
  }
});

test('a campaign of another tenant is not found', async () => {
  const [one, other] = [await newTenant(), await newTenant()];
  const campaignId = await campaignIn(one, 'running');
  const missing = { code: 'not_found' };
  const queue = { send: async () => undefined };
  await expect(
    setCampaignState(other, testCancels, { campaignId, state: 'stopped' }),
  ).rejects.toMatchObject(missing);
  await expect(readProgress(other, PROGRESS, { campaignId })).rejects.toMatchObject(missing);
  await expect(requestSpeech(other, queue, campaignId)).rejects.toMatchObject(missing);
  await expect(enrolContacts(other, { campaignId, contactIds: [] })).rejects.toMatchObject(missing);
  await notePrimeError(other, campaignId, 'not yours');
  expect(await campaignOf(one, campaignId)).toMatchObject({ state: 'running', primeError: null });
});

const PROGRESS: ProgressDeps = {
  flows: new FlowCache(),
  account: async () => ({ callsPerSecond: 1, maxConcurrentCalls: 1_000 }),
  speechRequestsPerMinute: 200,
};

test('contacts are enrolled once; foreign and unknown ids enrol nobody', async () => {
  const [ctx, other] = [await newTenant(), await newTenant()];
  const { id: campaignId, contactIds } = await newCampaign(ctx);
  const foreign = await newCampaign(other);
  const also = await newCampaign(ctx, { numbers: ['+12125550002', '+12125550003'] });
  const enrol = (ids: readonly string[]) => enrolContacts(ctx, { campaignId, contactIds: ids });
  expect(await enrol([...foreign.contactIds, 'con_unknown'])).toEqual({ enrolled: 0 });
  expect(await enrol([...also.contactIds, ...contactIds])).toEqual({ enrolled: 2 });
  expect(await enrol(also.contactIds)).toEqual({ enrolled: 0 });
  const rows = await ctx.db.find(enrolment, eq(enrolment.campaignId, campaignId));
  expect(rows.map(({ e164, state }) => [e164, state]).sort()).toEqual([
    ['+12125550001', 'due'],
    ['+12125550002', 'pending'],
    ['+12125550003', 'pending'],
  ]);
});

test('a contact who comes later has his speech made too', async () => {
  const ctx = await newTenant();
  const { id: campaignId, contactIds } = await newCampaign(ctx);
  await ctx.db.run(
    ctx.db.update(campaign, { isPrimed: true, primedUpTo: 'con_z' }, eq(campaign.id, campaignId)),
  );
  await enrolContacts(ctx, { campaignId, contactIds });
  expect(await campaignOf(ctx, campaignId)).toMatchObject({ isPrimed: false, primedUpTo: null });
});

test.each(['stopped', 'finished'] as const)('nobody is enrolled when it is %s', async (state) => {
  const ctx = await newTenant();
  const campaignId = await campaignIn(ctx, state);
  await expect(enrolContacts(ctx, { campaignId, contactIds: [] })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('asking for speech takes a lease and sends a job; a primed campaign needs none', async () => {
  const ctx = await newTenant();
  const { id } = await newCampaign(ctx, { enrolment: 'pending' });
  const sent: PrimeJob[] = [];
  const queue = {
    send: async (job: PrimeJob) => {
      expect(await campaignOf(ctx, id)).toMatchObject({
        primeLeaseUntil: ctx.clock.now() + PRIME_LEASE_MS,
      });
      sent.push(job);
    },
  };
  for (let i = 0; i < 2; i++) await requestSpeech(ctx, queue, id);
  const lease = ctx.clock.now() + PRIME_LEASE_MS;
  expect(sent).toEqual([{ tenantId: ctx.tenant.id, campaignId: id, lease }]);
  await ctx.db.run(
    ctx.db.update(campaign, { isPrimed: true, primeLeaseUntil: null }, eq(campaign.id, id)),
  );
  await requestSpeech(ctx, queue, id);
  expect(sent).toHaveLength(1);
});

test('progress counts contacts by state, calls by status, and outcomes', async () => {
  const ctx = await newTenant();
  const numbers = Array.from({ length: 5 }, (_, i) => `+1212555000${i}`);
  const { id: campaignId } = await newCampaign(ctx, { numbers });
  await newCampaign(ctx, { numbers: ['+12125559999'] });
  const ends = [
    { status: 'completed', outcome: 'confirmed' },
    { status: 'completed', outcome: 'declined' },
    { status: 'busy' },
  ] as const;
  for (const end of ends) {
    const { callId } = await placeCall(ctx, campaignId);
    const report = ledgerReport(ctx, callId, { ...end, endedAt: ctx.clock.now() });
    await applyReport(ctx.db, ctx.events, report, ctx.clock.now());
    await settleAttempt(ctx, report);
  }
  await placeCall(ctx, campaignId);
  await notePrimeError(ctx, campaignId, 'The object store answered HTTP 503.');
  expect(await readProgress(ctx, PROGRESS, { campaignId })).toEqual({
    campaign: expect.objectContaining({ id: campaignId }),
    state: 'running',
    pausedReason: null,
    primeError: 'The object store answered HTTP 503.',
    isPrimed: true,
    isForEverybody: false,
    clips: 0,
    contacts: { done: 2, due: 2, active: 1 },
    calls: { completed: 2, busy: 1, queued: 1 },
    outcomes: { confirmed: 1, declined: 1 },
    finish: { at: ctx.clock.now() + 3_000, boundBy: 'pace' },
  });
});

test('a new campaign is a draft on the published version, with the usual window and retries', async () => {
  const ctx = await newTenant();
  const { id: scriptId } = await saveScript(ctx, { name: 'Hello', content: SCRIPT });
  const input = { name: 'First', scriptId, fromNumber: '+12125550199' };
  await expect(createCampaign(ctx, input, async () => ctx.tenant.id)).rejects.toMatchObject({
    code: 'conflict',
    message: 'Publish the script "Hello" before a campaign uses it.',
  });
  await publishScript(ctx, { scriptId });
  const { id } = await createCampaign(ctx, input, async () => ctx.tenant.id);
  expect(await campaignOf(ctx, id)).toMatchObject({
    state: 'draft',
    scriptVersion: 1,
    timeZone: 'America/New_York',
    opensMinute: 540,
    closesMinute: 1200,
    retrySeconds: [600, 1800, 7200],
    isPrimed: false,
  });
});

test.each([
  { name: 'a script of another tenant', change: { scriptId: 'scr_other' }, code: 'not_found' },
  { name: 'a zone that is none', change: { timeZone: 'Mars/Base' }, code: 'invalid_input' },
  { name: 'a number that is none', change: { fromNumber: '555' }, code: 'invalid_number' },
  {
    name: 'a window that closes before it opens',
    change: { opensMinute: 1200, closesMinute: 540 },
    code: 'invalid_input',
  },
])('$name makes no campaign', async ({ change, code }) => {
  const ctx = await newTenant();
  const { id: scriptId } = await saveScript(ctx, { name: 'Hello', content: SCRIPT });
  await publishScript(ctx, { scriptId });
  const other = await newTenant();
  await other.db.run(
    other.db.insert(script, {
      id: 'scr_other',
      name: 'x',
      content: '',
      publishedVersion: 1,
      createdAt: 1,
      updatedAt: 1,
    }),
  );
  const input = { name: 'First', scriptId, fromNumber: '+12125550199', ...change };
  await expect(createCampaign(ctx, input, async () => ctx.tenant.id)).rejects.toMatchObject({
    code,
  });
  expect(await ctx.db.find(campaign)).toEqual([]);
});

test.each([
  ['nobody', null],
  ['another tenant', 'ten_other'],
])('a number of %s makes no campaign', async (_, owner) => {
  const ctx = await newTenant();
  const { id: scriptId } = await saveScript(ctx, { name: 'Hello', content: SCRIPT });
  await publishScript(ctx, { scriptId });
  const input = { name: 'First', scriptId, fromNumber: '+12125550199' };
  await expect(createCampaign(ctx, input, async () => owner)).rejects.toMatchObject({
    code: 'invalid_number',
    message: /is not assigned to you/,
  });
});

test('a contact enrolled in a running campaign is taken up by cron', async () => {
  const ctx = await newTenant();
  const own = await newCampaign(ctx);
  const other = await newCampaign(ctx, { numbers: ['+12125550077'], state: 'draft' });
  await enrolContacts(ctx, { campaignId: own.id, contactIds: other.contactIds });
  const stalled = await testDatabases.platform.stalledPriming(ctx.clock.now() + 1);
  expect(stalled).toContainEqual({ tenantId: ctx.tenant.id, campaignId: own.id });
});
