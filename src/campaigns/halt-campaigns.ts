import { type CancelQueue, markForCancel, sendCancels } from '../dialing/cancel-calls.ts';
import type { TenantContext } from '../tenants/context.ts';

/**
 * Pauses every running campaign of a tenant that may not call any more, and takes back the calls
 * that nobody has answered. The gate looks at the campaign, so it closes with this commit.
 */
export async function haltCampaigns(
  ctx: TenantContext,
  queue: CancelQueue,
  reason: string,
): Promise<void> {
  const [, marked = []] = await ctx.db.batch([
    ctx.db.raw(PAUSE_ALL, reason),
    markForCancel(ctx.db, 'all', 'campaign_paused', ctx.clock.now()),
  ]);
  await sendCancels(queue, ctx.tenant.id, marked);
}

const PAUSE_ALL = `UPDATE campaign SET state = 'paused', paused_reason = ?2
WHERE tenant_id = ?1 AND state = 'running'`;
