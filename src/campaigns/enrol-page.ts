import type { TenantContext } from '../tenants/context.ts';
import type { CampaignRow } from './find-campaign.ts';
import { nextLease } from './request-speech.ts';

/** One statement of D1 writes this many rows in a fraction of its time limit. */
const PAGE_CONTACTS = 5_000;

/** Enrols the tenant's next contacts. Answers the lease to go on under; null when it was lost. */
export async function enrolPage(
  ctx: TenantContext,
  own: CampaignRow,
  lease: number,
): Promise<number | null> {
  const next = nextLease(lease, ctx.clock.now());
  const [, moved = []] = await ctx.db.batch([
    ctx.db.raw(ENROL_NEXT, own.id, own.enrolCursor, PAGE_CONTACTS),
    ctx.db.raw(MOVE_CURSOR, own.id, own.enrolCursor, PAGE_CONTACTS, next, lease),
  ]);
  return moved.length > 0 ? next : null;
}

const ENROL_NEXT = `INSERT INTO enrolment
  (tenant_id, campaign_id, contact_id, e164, state, attempts)
SELECT ?1, ?2, id, e164, 'pending', 0 FROM contact
WHERE tenant_id = ?1 AND id > ?3 ORDER BY id LIMIT ?4 ON CONFLICT DO NOTHING`;

/** Null when nobody is left. */
const MOVE_CURSOR = `UPDATE campaign SET prime_lease_until = ?5, enrol_cursor = (
  SELECT max(id) FROM (
    SELECT id FROM contact WHERE tenant_id = ?1 AND id > ?3 ORDER BY id LIMIT ?4))
WHERE tenant_id = ?1 AND id = ?2 AND prime_lease_until = ?6 RETURNING id`;
