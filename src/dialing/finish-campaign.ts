import type { TenantContext } from '../tenants/context.ts';

/** Ends a running campaign that has nobody left to call. */
export async function finishIfDone(ctx: TenantContext, campaignId: string): Promise<boolean> {
  const changed = await ctx.db.run(ctx.db.raw(FINISH_CAMPAIGN, campaignId, ctx.clock.now()));
  return changed > 0;
}

/**
 * Nobody is pending in a primed campaign, and who is active has an attempt: both questions left
 * are answered by partial indexes, however many contacts are done.
 */
const FINISH_CAMPAIGN = `UPDATE campaign SET state = 'finished', finished_at = ?3
WHERE tenant_id = ?1 AND id = ?2 AND state = 'running' AND is_primed = 1 AND NOT EXISTS (
  SELECT 1 FROM enrolment
  WHERE tenant_id = ?1 AND campaign_id = ?2 AND state = 'due')
AND NOT EXISTS (
  SELECT 1 FROM attempt
  WHERE tenant_id = ?1 AND campaign_id = ?2 AND ended_at IS NULL)`;
