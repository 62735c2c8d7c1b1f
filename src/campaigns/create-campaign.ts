import { campaign } from '../db/schema/campaign.ts';
import type { TenantContext } from '../tenants/context.ts';
import { type CampaignSettings, columnsOf } from './campaign-settings.ts';

/** A draft campaign on the script's published version. */
export async function createCampaign(
  ctx: TenantContext,
  input: CampaignSettings,
  tenantOfNumber: (e164: string) => Promise<string | null>,
): Promise<{ readonly id: string }> {
  const columns = await columnsOf(ctx, input, tenantOfNumber);
  const id = ctx.newId('cmp');
  const createdAt = ctx.clock.now();
  await ctx.db.run(
    ctx.db.insert(campaign, { ...columns, id, state: 'draft', isPrimed: false, createdAt }),
  );
  return { id };
}
