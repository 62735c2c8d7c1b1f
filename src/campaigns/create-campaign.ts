import { campaign } from '../db/schema/campaign.ts';
import { findScript, type ScriptRow } from '../scripts/find-script.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import {
  type CampaignSettings,
  checkedSettings,
  type TenantOfNumber,
} from './campaign-settings.ts';

export type CreateCampaignInput = CampaignSettings & {
  readonly name: string;
  readonly scriptId: string;
};

/** A draft campaign on the script's published version. */
export async function createCampaign(
  ctx: TenantContext,
  input: CreateCampaignInput,
  tenantOfNumber: TenantOfNumber,
): Promise<{ readonly id: string }> {
  const own = await publishedScript(ctx, input.scriptId);
  const settings = await checkedSettings(ctx, input, tenantOfNumber);
  const id = ctx.newId('cmp');
  await ctx.db.run(
    ctx.db.insert(campaign, {
      id,
      name: input.name,
      state: 'draft',
      scriptId: own.id,
      scriptVersion: own.publishedVersion,
      ...settings,
      isPrimed: false,
      createdAt: ctx.clock.now(),
    }),
  );
  return { id };
}

export async function publishedScript(ctx: TenantContext, id: string): Promise<ScriptRow> {
  const own = await findScript(ctx, id);
  if (own.publishedVersion > 0) return own;
  throw new DestinyError('conflict', `Publish the script "${own.name}" before a campaign uses it.`);
}
