import { eq } from 'drizzle-orm';
import { attempt, campaign } from '../db/schema/campaign.ts';
import { contact } from '../db/schema/contact.ts';
import type { Gated } from '../dialing/gate.ts';
import { withinOuterBound } from '../dialing/window.ts';
import { zonesOf } from '../dialing/zones.ts';
import type { TenantContext } from '../tenants/context.ts';

/** An attempt to text with what its gate looks at; null when there is none. */
export async function loadGated(ctx: TenantContext, attemptId: string): Promise<Gated | null> {
  const own = await ctx.db.findOne(attempt, eq(attempt.id, attemptId));
  if (own === null) return null;
  const [plan, person] = await Promise.all([
    ctx.db.findOne(campaign, eq(campaign.id, own.campaignId)),
    ctx.db.findOne(contact, eq(contact.id, own.contactId)),
  ]);
  if (plan === null) return null;
  return {
    ...{ attempt: own, campaign: plan },
    zones: zonesOf({ e164: own.e164, timeZone: person?.timeZone ?? null }, plan.timeZone),
    window: withinOuterBound(plan, ctx.tenant.isOuterWindowLifted),
  };
}
