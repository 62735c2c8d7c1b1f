import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { FROM, newCampaign, SCRIPT } from '../../tests/support/campaign.ts';
import { newTenant, testCancels } from '../../tests/support/tenant.ts';
import { campaign, enrolment } from '../db/schema/campaign.ts';
import { script } from '../db/schema/script.ts';
import { publishScript } from '../scripts/publish-script.ts';
import { saveScript } from '../scripts/save-script.ts';
import type { TenantContext } from '../tenants/context.ts';
import { cloneCampaign } from './clone-campaign.ts';
import { deleteDraft, editCampaign } from './edit-campaign.ts';
import { findCampaign } from './find-campaign.ts';
import { setCampaignState } from './set-state.ts';

const OURS = [FROM, '+13105550199'];
const ownerIn = (ctx: TenantContext) => async (e164: string) =>
  OURS.includes(e164) ? ctx.tenant.id : 'ten_other';

async function draft(ctx: TenantContext) {
  const made = await newCampaign(ctx, { state: 'draft' });
  const { scriptId } = await findCampaign(ctx, made.id);
  await ctx.db.run(
    ctx.db.insert(script, {
      ...{ id: scriptId, name: 'Story', content: '', publishedVersion: 1 },
      ...{ createdAt: 0, updatedAt: 0 },
    }),
  );
  return made.id;
}
const edit = (ctx: TenantContext, campaignId: string, changes: object, revision = 1) =>
  editCampaign(ctx, { campaignId, revision, changes }, ownerIn(ctx));

test('what is named changes, the rest stays, and everybody waits for speech again', async () => {
  const ctx = await newTenant();
  const id = await draft(ctx);
  const after = await edit(ctx, id, {
    ...{ name: 'Later', callerIds: ['+13105550199', FROM], maxCallsPerSecond: 0.5 },
  });
  expect(after).toMatchObject({
    ...{ name: 'Later', callerIds: ['+13105550199'], maxCallsPerSecond: 0.5, revision: 2 },
    ...{ retrySeconds: [600, 1800], fromNumber: FROM, isPrimed: false },
  });
  const [person] = await ctx.db.find(enrolment, eq(enrolment.campaignId, id));
  expect(person).toMatchObject({ state: 'pending', dueAt: null });
  expect(await edit(ctx, id, { maxCallsPerSecond: null }, 2)).toMatchObject({
    ...{ maxCallsPerSecond: null, name: 'Later', revision: 3 },
  });
});

test.each([
  [{ fromNumber: '+442079460000' }, 'invalid_number'],
  [{ callerIds: ['+13105550199', '+442079460000'] }, 'invalid_number'],
  [{ callerIds: ['0207'] }, 'invalid_number'],
  [{ timeZone: 'Mars/Base' }, 'invalid_input'],
  [{ opensMinute: 1300 }, 'invalid_input'],
  [{ scriptId: 'scr_none' }, 'not_found'],
])('%j is refused, and changes nothing', async (changes, code) => {
  const ctx = await newTenant();
  const id = await draft(ctx);
  await expect(edit(ctx, id, changes)).rejects.toMatchObject({ code });
  expect(await findCampaign(ctx, id)).toMatchObject({ revision: 1, fromNumber: FROM });
});

test('of two who change the same draft one is told', async () => {
  const ctx = await newTenant();
  const id = await draft(ctx);
  const both = await Promise.allSettled(['a', 'b'].map((name) => edit(ctx, id, { name })));
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const late = edit(ctx, id, { name: 'c' });
  await expect(late).rejects.toMatchObject({ code: 'precondition_failed' });
  const [person] = await ctx.db.find(enrolment, eq(enrolment.campaignId, id));
  expect(person?.state).toBe('pending');
});

test('what has begun is neither changed nor deleted; a draft goes with its people', async () => {
  const ctx = await newTenant();
  const id = await draft(ctx);
  await ctx.db.run(ctx.db.update(campaign, { state: 'running' }, eq(campaign.id, id)));
  await expect(edit(ctx, id, { name: 'x' })).rejects.toMatchObject({ code: 'conflict' });
  await expect(deleteDraft(ctx, id)).rejects.toMatchObject({ code: 'conflict' });
  await ctx.db.run(ctx.db.update(campaign, { state: 'draft' }, eq(campaign.id, id)));
  const stranger = await newTenant();
  await expect(deleteDraft(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
  await deleteDraft(ctx, id);
  await expect(findCampaign(ctx, id)).rejects.toMatchObject({ code: 'not_found' });
  expect(await ctx.db.find(enrolment, eq(enrolment.campaignId, id))).toEqual([]);
});

test('a campaign of texts needs a script that is made for them', async () => {
  const ctx = await newTenant();
  const campaignId = await draft(ctx);
  const refused = { code: 'conflict', message: expect.stringContaining('@channels sms') };
  await expect(edit(ctx, campaignId, { channel: 'sms' })).rejects.toMatchObject(refused);
  const content = `@channels sms\n${SCRIPT}`;
  const { id: scriptId } = await saveScript(ctx, { name: 'Texts', content });
  await publishScript(ctx, { scriptId });
  expect(await edit(ctx, campaignId, { channel: 'sms', scriptId })).toMatchObject({
    channel: 'sms',
  });
  const { id } = await cloneCampaign(ctx, { campaignId, name: 'Again', contacts: 'none' });
  expect(await findCampaign(ctx, id)).toMatchObject({ channel: 'sms' });
  await setCampaignState(ctx, testCancels, { campaignId, state: 'running' });
  expect(await findCampaign(ctx, campaignId)).toMatchObject({ state: 'running' });
});
