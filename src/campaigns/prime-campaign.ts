import type { TenantContext } from '../tenants/context.ts';
import { enrolPage } from './enrol-page.ts';
import { findCampaign } from './find-campaign.ts';
import { type PrimePageDeps, primePage } from './prime-page.ts';
import { type PrimeJob, renewLease } from './request-speech.ts';

/**
 * Works on a campaign's contacts page by page until `until`: first those to enrol, then their
 * speech. Every page is committed with its cursor, so whoever is cut off is followed at that page.
 * Answers the message to go on with; null when there is nothing left, or somebody else is at it.
 */
export async function primeCampaign(
  ctx: TenantContext,
  deps: PrimePageDeps,
  job: PrimeJob,
  until: number,
): Promise<PrimeJob | null> {
  let lease = await renewLease(ctx, job);
  while (lease !== null) {
    const own = await findCampaign(ctx, job.campaignId);
    lease =
      own.enrolCursor === null
        ? await primePage(ctx, deps, own, lease)
        : await enrolPage(ctx, own, lease);
    if (lease !== null && ctx.clock.now() >= until) return { ...job, lease };
  }
  return null;
}
