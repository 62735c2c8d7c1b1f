import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { FROM, newCampaign, SCRIPT } from '../../tests/support/campaign.ts';
import { newTenant, testCancels } from '../../tests/support/tenant.ts';
import { campaign, enrolment } from '../db/schema/campaign.ts';
import { publishScript } from '../scripts/publish-script.ts';
import { saveScript } from '../scripts/save-script.ts';
import type { TenantContext } from '../tenants/context.ts';
import { cloneCampaign } from './clone-campaign.ts';
import { createCampaign } from './create-campaign.ts';
import { deleteCampaign, type EditCampaignInput, editCampaign } from './edit-campaign.ts';
import { findCampaign } from './find-campaign.ts';
import { scheduleCampaign } from './schedule-campaign.ts';
import { setCampaignState } from './set-state.ts';

const SECOND = '+12125550198';
const owned = (ctx: TenantContext) => async (e164: string) =>
  [FROM, SECOND].includes(e164) ? ctx.tenant.id : null;

async function newScript(ctx: TenantContext): Promise<string> {
  const { id } = await saveScript(ctx, { name: 'Reminder', content: SCRIPT });
  await publishScript(ctx, { scriptId: id });
  return id;
}

const SETTINGS = {
  ...{ moreFromNumbers: [SECOND], ringSeconds: 20, callLimitSeconds: 90, record: true },
  ...{ maxCallsPerSecond: 0.5, maxConcurrentCalls: 3, dailyAttemptsPerNumber: 2 },
  breaker: { badList: { calls: 10, share: 0.5 } },
} as const;

test('a campaign keeps its settings, its clone has them too, and an edit changes what it names', async () => {
  const ctx = await newTenant();
  const scriptId = await newScript(ctx);
  const input = { name: 'First', scriptId, fromNumber: FROM, ...SETTINGS };
  const { id } = await createCampaign(ctx, input, owned(ctx));
  expect(await findCampaign(ctx, id)).toMatchObject({ ...SETTINGS, channel: 'voice', revision: 1 });
  const clone = await cloneCampaign(ctx, { campaignId: id, name: 'Second', contacts: 'none' });
  expect(await findCampaign(ctx, clone.id)).toMatchObject({ ...SETTINGS, revision: 1 });

  const change = { ringSeconds: 45, maxCallsPerSecond: null, moreFromNumbers: [FROM] };
  const edited = await editCampaign(ctx, { campaignId: id, revision: 1, ...change }, owned(ctx));
  expect(edited).toMatchObject({
    ...SETTINGS,
    ...{ ringSeconds: 45, maxCallsPerSecond: null, moreFromNumbers: [], revision: 2 },
  });
});

test('what is wrong is refused, and nothing is changed', async () => {
  const ctx = await newTenant();
  const { id: campaignId } = await newCampaign(ctx, { state: 'draft' });
  const edit = (input: Partial<EditCampaignInput>) =>
    editCampaign(ctx, { campaignId, revision: 1, ...input }, owned(ctx));
  const before = await findCampaign(ctx, campaignId);
  await expect(edit({ revision: 7 })).rejects.toMatchObject({ code: 'precondition_failed' });
  await expect(edit({ moreFromNumbers: ['+12125550111'] })).rejects.toMatchObject({
    code: 'invalid_number',
  });
  await expect(edit({ opensMinute: 1300 })).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(edit({ timeZone: 'Mars/Olympus' })).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(edit({ scriptId: 'scr_none' })).rejects.toMatchObject({ code: 'not_found' });
  expect(await findCampaign(ctx, campaignId)).toEqual(before);

  const running = (await newCampaign(ctx)).id;
  await expect(edit({ campaignId: running })).rejects.toMatchObject({ code: 'conflict' });
  await expect(deleteCampaign(ctx, running)).rejects.toMatchObject({ code: 'conflict' });
  const stranger = await newTenant();
  await expect(deleteCampaign(stranger, campaignId)).rejects.toMatchObject({ code: 'not_found' });
});

test('with other words its speech is made anew; with another ring time it is not', async () => {
  const ctx = await newTenant();
  const { id: campaignId } = await newCampaign(ctx, { state: 'draft', enrolment: 'due' });
  await editCampaign(ctx, { campaignId, revision: 1, ringSeconds: 20 }, owned(ctx));
  const states = async () =>
    (await ctx.db.find(enrolment, eq(enrolment.campaignId, campaignId))).map(({ state }) => state);
  expect(await states()).toEqual(['due']);
  const scriptId = await newScript(ctx);
  const edited = await editCampaign(ctx, { campaignId, revision: 2, scriptId }, owned(ctx));
  expect(edited).toMatchObject({ scriptId, scriptVersion: 1, isPrimed: false });
  expect(await states()).toEqual(['pending']);
});

test('a deleted draft leaves nothing behind', async () => {
  const ctx = await newTenant();
  const numbers = ['+12125550001', '+12125550002'];
  const { id } = await newCampaign(ctx, { numbers, state: 'draft' });
  await deleteCampaign(ctx, id);
  await expect(findCampaign(ctx, id)).rejects.toMatchObject({ code: 'not_found' });
  expect(await ctx.db.find(enrolment, eq(enrolment.campaignId, id))).toEqual([]);
});

test('a campaign of texts stays a draft for now', async () => {
  const ctx = await newTenant();
  const { id: campaignId } = await newCampaign(ctx, { state: 'draft' });
  await editCampaign(ctx, { campaignId, revision: 1, channel: 'sms' }, owned(ctx));
  const conflict = { code: 'conflict', message: expect.stringContaining('texts') };
  const launch = setCampaignState(ctx, testCancels, { campaignId, state: 'running' });
  await expect(launch).rejects.toMatchObject(conflict);
  const queue = { send: async () => undefined };
  await expect(
    scheduleCampaign(ctx, queue, { campaignId, at: '2099-01-01T10:00' }),
  ).rejects.toMatchObject(conflict);
  expect(await ctx.db.findOne(campaign, eq(campaign.id, campaignId))).toMatchObject({
    state: 'draft',
  });
});
