import type { ENROLMENT_STATES } from '../db/schema/campaign.ts';
import type { TenantContext } from '../tenants/context.ts';
import { findCampaign } from './find-campaign.ts';

export type EnrolmentView = {
  readonly contactId: string;
  readonly externalId: string | null;
  readonly number: string;
  readonly state: (typeof ENROLMENT_STATES)[number];
  readonly attempts: number;
  /** Error code or outcome that explains where it ended. */
  readonly reason: string | null;
  readonly dueAt: number | null;
};

/** Where each contact of a campaign stands, by contact; the cursor is the last contact. */
export async function listEnrolments(
  ctx: TenantContext,
  input: {
    readonly campaignId: string;
    readonly state?: string | undefined;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<EnrolmentView[]> {
  const own = await findCampaign(ctx, input.campaignId);
  return ctx.db.rows<EnrolmentView>(
    ctx.db.raw(PAGE, own.id, input.cursor ?? '', input.state ?? null, input.limit),
  );
}

const PAGE = `SELECT e.contact_id AS contactId, c.external_id AS externalId, e.e164 AS number,
  e.state, e.attempts, e.reason, e.due_at AS dueAt
FROM enrolment AS e
LEFT JOIN contact AS c ON c.tenant_id = ?1 AND c.id = e.contact_id
WHERE e.tenant_id = ?1 AND e.campaign_id = ?2 AND e.contact_id > ?3
  AND (?4 IS NULL OR e.state = ?4)
ORDER BY e.contact_id LIMIT ?5`;
