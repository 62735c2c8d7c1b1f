import { eq } from 'drizzle-orm';
import { attempt } from '../db/schema/campaign.ts';
import { checkBreaker } from '../dialing/breaker.ts';
import type { CancelQueue } from '../dialing/cancel-calls.ts';
import type { TenantContext } from '../tenants/context.ts';
import { findCampaign } from './find-campaign.ts';
import { setCampaignState } from './set-state.ts';

/**
 * After a call that failed: pauses its campaign when too many of the last ones did. Answers the
 * reason it gave, or null.
 */
export async function tripBreaker(
  ctx: TenantContext,
  queue: CancelQueue,
  callId: string,
): Promise<string | null> {
  const own = await ctx.db.findOne(attempt, eq(attempt.id, callId));
  if (own === null) return null;
  const its = await findCampaign(ctx, own.campaignId);
  if (its.state !== 'running') return null;
  const reason = await checkBreaker(ctx, its);
  if (reason === null) return null;
  await setCampaignState(ctx, queue, { campaignId: own.campaignId, state: 'paused', reason });
  return reason;
}
