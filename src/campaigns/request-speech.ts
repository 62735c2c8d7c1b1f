import { eq } from 'drizzle-orm';
import { campaign } from '../db/schema/campaign.ts';
import type { TenantContext } from '../tenants/context.ts';
import { findCampaign } from './find-campaign.ts';

/** Makes the speech of one campaign's contacts; the message of the `prime` queue. */
export type PrimeJob = { readonly tenantId: string; readonly campaignId: string };

/** Somebody who makes speech says so again within this time, or cron asks anew. */
export const PRIME_LEASE_MS = 120_000;

/**
 * Asks for a campaign's speech. The lease is committed first, so a message that is lost is sent
 * again by cron.
 */
export async function requestSpeech(
  ctx: TenantContext,
  queue: { send(job: PrimeJob): Promise<unknown> },
  campaignId: string,
): Promise<void> {
  const own = await findCampaign(ctx, campaignId);
  if (own.isPrimed) return;
  await ctx.db.run(ctx.db.raw(TAKE_LEASE, own.id, ctx.clock.now() + PRIME_LEASE_MS));
  await queue.send({ tenantId: ctx.tenant.id, campaignId: own.id });
}

/** Keeps why speech could not be made, to be shown with the campaign; the lease brings the next try. */
export async function notePrimeError(
  ctx: TenantContext,
  campaignId: string,
  message: string,
): Promise<void> {
  await ctx.db.run(ctx.db.update(campaign, { primeError: message }, eq(campaign.id, campaignId)));
}

const TAKE_LEASE = `UPDATE campaign SET prime_lease_until = ?3
WHERE tenant_id = ?1 AND id = ?2 AND is_primed = 0`;
