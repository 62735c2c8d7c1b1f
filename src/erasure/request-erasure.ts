import { eq } from 'drizzle-orm';
import { contact } from '../db/schema/contact.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';

export type Erasure = {
  readonly id: string;
  /** Epoch ms. */
  readonly askedAt: number;
  /** False: cron is still at it, at the latest until the person's last call is over. */
  readonly isDone: boolean;
};

/**
 * From now on nobody calls the person, and lists do not show it; cron erases what is known of it.
 * Asking again changes nothing.
 */
export async function requestErasure(ctx: TenantContext, contactId: string): Promise<Erasure> {
  const now = ctx.clock.now();
  await ctx.db.batch([
    ctx.db.raw(ASK, contactId, now),
    ctx.db.raw(LEAVE_CAMPAIGNS, contactId),
    ctx.db.raw(LEAVE_LISTS, contactId),
  ]);
  const own = await ctx.db.findOne(contact, eq(contact.id, contactId));
  if (own === null || own.erasedAt === null) {
    throw new DestinyError('not_found', `There is no contact ${contactId}; check the identifier.`);
  }
  return { id: own.id, askedAt: own.erasedAt, isDone: own.eraseAt === null };
}

/** The same identifier may come again with an import: it is another person then. */
const ASK = `UPDATE contact SET erased_at = ?3, erase_at = ?3, external_id = 'erased:' || id
WHERE tenant_id = ?1 AND id = ?2 AND erased_at IS NULL`;

const LEAVE_CAMPAIGNS = `UPDATE enrolment SET state = 'skipped', due_at = NULL,
  reason = 'contact_erased'
WHERE tenant_id = ?1 AND contact_id = ?2 AND state IN ('pending', 'due')`;

const LEAVE_LISTS = `DELETE FROM contact_list_member WHERE tenant_id = ?1 AND contact_id = ?2
  AND list_id IN (SELECT id FROM contact_list WHERE tenant_id = ?1)`;
