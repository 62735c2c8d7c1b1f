import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import { findCampaign } from './find-campaign.ts';

/** Puts contacts into a campaign; who is in it already stays as he is, unknown ids are not counted. */
export async function enrolContacts(
  ctx: TenantContext,
  input: { readonly campaignId: string; readonly contactIds: readonly string[] },
): Promise<{ readonly enrolled: number }> {
  const own = await findCampaign(ctx, input.campaignId);
  if (own.state === 'stopped' || own.state === 'finished') {
    throw new DestinyError('conflict', `The campaign "${own.name}" is over; make a new one.`);
  }
  const [added = []] = await ctx.db.batch([
    ctx.db.raw(ENROL, own.id, JSON.stringify(input.contactIds)),
    ctx.db.raw(SPEECH_TO_MAKE, own.id, ctx.clock.now()),
  ]);
  return { enrolled: added.length };
}

const ENROL = `INSERT INTO enrolment (tenant_id, campaign_id, contact_id, e164, state, attempts)
SELECT ?1, ?2, id, e164, 'pending', 0 FROM contact
WHERE tenant_id = ?1 AND id IN (SELECT value FROM json_each(?3))
ON CONFLICT DO NOTHING RETURNING contact_id`;

/**
 * From the first contact again: a contact that came later may have an earlier id. The lease of a
 * running campaign is over at once, so that cron asks for the speech.
 */
const SPEECH_TO_MAKE = `UPDATE campaign SET is_primed = 0, primed_up_to = NULL,
  prime_lease_until = CASE WHEN state = 'running' THEN ?3 ELSE prime_lease_until END
WHERE tenant_id = ?1 AND id = ?2`;
