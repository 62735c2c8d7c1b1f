import { eq } from 'drizzle-orm';
import { contactList } from '../db/schema/contact.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import { type CampaignRow, findCampaign } from './find-campaign.ts';

/** Puts contacts into a campaign; who is in it already stays as he is, unknown ids are not counted. */
export async function enrolContacts(
  ctx: TenantContext,
  input: { readonly campaignId: string; readonly contactIds: readonly string[] },
): Promise<{ readonly enrolled: number }> {
  const own = await findOpen(ctx, input.campaignId);
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

/** Puts everybody on a list into a campaign. */
export async function enrolList(
  ctx: TenantContext,
  input: { readonly campaignId: string; readonly listId: string },
): Promise<{ readonly enrolled: number }> {
  const own = await findOpen(ctx, input.campaignId);
  if ((await ctx.db.findOne(contactList, eq(contactList.id, input.listId))) === null) {
    throw new DestinyError('not_found', `There is no list ${input.listId}.`);
  }
  const [added = []] = await ctx.db.batch([
    ctx.db.raw(ENROL_LIST, own.id, input.listId),
    ctx.db.raw(SPEECH_TO_MAKE, own.id, ctx.clock.now()),
  ]);
  return { enrolled: added.length };
}

const ENROL_LIST = `INSERT INTO enrolment
  (tenant_id, campaign_id, contact_id, e164, state, attempts)
SELECT ?1, ?2, c.id, c.e164, 'pending', 0 FROM contact_list_member AS m
CROSS JOIN contact AS c ON c.tenant_id = ?1 AND c.id = m.contact_id
WHERE m.tenant_id = ?1 AND m.list_id = ?3
ON CONFLICT DO NOTHING RETURNING 1`;

/**
 * Puts every contact of the tenant into a campaign. Only noted here, and done page by page with
 * the making of speech, so that a million take no longer to ask for than one.
 */
export async function enrolEverybody(
  ctx: TenantContext,
  input: { readonly campaignId: string },
): Promise<void> {
  const own = await findOpen(ctx, input.campaignId);
  await ctx.db.batch([
    ctx.db.raw(ENROL_FROM_FIRST, own.id),
    ctx.db.raw(SPEECH_TO_MAKE, own.id, ctx.clock.now()),
  ]);
}

async function findOpen(ctx: TenantContext, campaignId: string): Promise<CampaignRow> {
  const own = await findCampaign(ctx, campaignId);
  if (own.state === 'stopped' || own.state === 'finished') {
    throw new DestinyError('conflict', `The campaign "${own.name}" is over; make a new one.`);
  }
  return own;
}

const ENROL_FROM_FIRST = `UPDATE campaign SET enrol_cursor = ''
WHERE tenant_id = ?1 AND id = ?2`;

/**
 * From the first contact again: a contact that came later may have an earlier id. In a running
 * campaign where nobody makes speech, cron asks for it at once.
 */
const SPEECH_TO_MAKE = `UPDATE campaign SET is_primed = 0, primed_up_to = NULL,
  prime_lease_until = CASE WHEN state = 'running'
    THEN coalesce(prime_lease_until, ?3) ELSE prime_lease_until END
WHERE tenant_id = ?1 AND id = ?2`;
