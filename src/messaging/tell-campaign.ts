import type { Statement } from '../db/statement.ts';
import type { TenantDb } from '../db/tenant-db.ts';

/**
 * What came of a talk stands with the contact, as a call's outcome does: the script's word, else that
 * somebody answered. Changes nothing before the opening has arrived. With `step` only if the thread
 * stands there.
 */
export function tellCampaign(db: TenantDb, threadId: string, step: number | null): Statement {
  return db.raw(TELL_CAMPAIGN, threadId, step);
}

const TELL_CAMPAIGN = `UPDATE enrolment SET reason = coalesce(t.outcome, 'answered')
FROM thread AS t
WHERE t.tenant_id = ?1 AND t.id = ?2 AND t.step = coalesce(?3, t.step)
  AND enrolment.tenant_id = ?1 AND enrolment.campaign_id = t.campaign_id
  AND enrolment.contact_id = t.contact_id AND enrolment.state = 'done'
  AND (t.outcome IS NOT NULL OR EXISTS (SELECT 1 FROM message AS m
    WHERE m.tenant_id = ?1 AND m.thread_id = ?2 AND m.direction = 'inbound'
      AND m.created_at >= (SELECT a.dialing_at FROM attempt AS a
        WHERE a.tenant_id = ?1 AND a.id = t.conversation)))`;
