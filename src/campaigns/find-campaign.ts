import { eq } from 'drizzle-orm';
import { campaign } from '../db/schema/campaign.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';

export type CampaignRow = typeof campaign.$inferSelect;

/** The tenant's own campaign, or `not_found`. */
export async function findCampaign(ctx: TenantContext, id: string): Promise<CampaignRow> {
  const found = await ctx.db.findOne(campaign, eq(campaign.id, id));
  if (found === null) {
    throw new DestinyError('not_found', `There is no campaign ${id}; check the identifier.`);
  }
  return found;
}
