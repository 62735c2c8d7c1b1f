import { eq } from 'drizzle-orm';
import { campaign } from '../db/schema/campaign.ts';
import type { TenantContext } from '../tenants/context.ts';
import { findCampaign } from './find-campaign.ts';

/**
 * Enrols and makes the speech of one campaign's contacts; the message of the `prime` queue. `lease`
 * is the one it was sent under: a second copy of the message finds it changed.
 */
export type PrimeJob = {
  readonly tenantId: string;
  readonly campaignId: string;
  readonly lease: number;
};

/** Somebody who makes speech says so again within this time, or cron asks anew. */
export const PRIME_LEASE_MS = 120_000;

/**
 * Asks for a campaign's speech, unless somebody is at it: two at once would pay for the same
 * sentences. The lease is committed first, so a message that is lost is sent again by cron.
 */
export async function requestSpeech(
  ctx: TenantContext,
  queue: { send(job: PrimeJob): Promise<unknown> },
  campaignId: string,
): Promise<void> {
  const own = await findCampaign(ctx, campaignId);
  const now = ctx.clock.now();
  const lease = nextLease(own.primeLeaseUntil, now);
  const taken = await ctx.db.run(ctx.db.raw(TAKE_LEASE, own.id, lease, now));
  if (taken > 0) await queue.send({ tenantId: ctx.tenant.id, campaignId: own.id, lease });
}

/** Never the value before it, however fast one follows the other. */
export function nextLease(before: number | null, now: number): number {
  return Math.max(now + PRIME_LEASE_MS, (before ?? 0) + 1);
}

/** Takes the work of a message over; null when it is not this message's any more. */
export async function renewLease(ctx: TenantContext, job: PrimeJob): Promise<number | null> {
  const lease = nextLease(job.lease, ctx.clock.now());
  const renewed = await ctx.db.run(ctx.db.raw(RENEW_LEASE, job.campaignId, lease, job.lease));
  return renewed > 0 ? lease : null;
}

/** Keeps why speech could not be made, to be shown with the campaign, and leaves the rest to cron. */
export async function notePrimeError(
  ctx: TenantContext,
  campaignId: string,
  message: string,
): Promise<void> {
  await ctx.db.run(
    ctx.db.update(
      campaign,
      { primeError: message, primeLeaseUntil: ctx.clock.now() },
      eq(campaign.id, campaignId),
    ),
  );
}

const TAKE_LEASE = `UPDATE campaign SET prime_lease_until = ?3
WHERE tenant_id = ?1 AND id = ?2 AND is_primed = 0 AND state NOT IN ('stopped', 'finished')
  AND (prime_lease_until IS NULL OR prime_lease_until <= ?4)`;

const RENEW_LEASE = `UPDATE campaign SET prime_lease_until = ?3
WHERE tenant_id = ?1 AND id = ?2 AND prime_lease_until = ?4`;
