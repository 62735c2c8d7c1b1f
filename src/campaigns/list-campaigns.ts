import { and, desc, eq, lt } from 'drizzle-orm';
import { campaign } from '../db/schema/campaign.ts';
import type { TenantContext } from '../tenants/context.ts';
import type { CampaignRow } from './find-campaign.ts';

/** Newest first, without those that stand behind a single call. */
export function listCampaigns(
  ctx: TenantContext,
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<CampaignRow[]> {
  const isList = eq(campaign.kind, 'list');
  const where = page.cursor === undefined ? isList : and(isList, lt(campaign.id, page.cursor));
  return ctx.db.find(campaign, where, { orderBy: desc(campaign.id), limit: page.limit });
}
