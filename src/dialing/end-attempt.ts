import type { AttemptState } from '../db/schema/campaign.ts';
import type { TenantContext } from '../tenants/context.ts';

/** What becomes of the contact when an attempt is over. */
export type AfterAttempt =
  /** Due again; `isCounted` false when nobody was dialled, so that the try is not used up. */
  | { readonly state: 'due'; readonly dueAt: number; readonly isCounted: boolean }
  | { readonly state: 'done' | 'exhausted' | 'skipped' };

export type AttemptEnd = {
  readonly callId: string;
  /** Carrier status, outcome or error code; kept with the attempt and shown with the contact. */
  readonly result: string;
  readonly after: AfterAttempt;
  /** Ends it only while it is in this state: what was decided from that state may be old. */
  readonly onlyIn?: AttemptState;
};

/** Ends an attempt once: true for the caller that ended it, false for every later one. */
export async function endAttempt(ctx: TenantContext, end: AttemptEnd): Promise<boolean> {
  const dueAt = end.after.state === 'due' ? end.after.dueAt : null;
  const givenBack = end.after.state === 'due' && !end.after.isCounted ? 1 : 0;
  const onlyIn = end.onlyIn ?? null;
  const [, ended = []] = await ctx.db.batch([
    ctx.db.raw(SETTLE_ENROLMENT, end.callId, end.after.state, dueAt, end.result, givenBack, onlyIn),
    ctx.db.raw(END_ATTEMPT, end.callId, end.result, ctx.clock.now(), onlyIn),
  ]);
  return ended.length > 0;
}

/** First, while the attempt still tells whether this end is new. */
const SETTLE_ENROLMENT = `UPDATE enrolment
SET state = ?3, due_at = ?4, reason = ?5, attempts = attempts - ?6
WHERE tenant_id = ?1 AND state = 'active' AND (campaign_id, contact_id) IN (
  SELECT campaign_id, contact_id FROM attempt
  WHERE tenant_id = ?1 AND id = ?2 AND state != 'ended' AND state = coalesce(?7, state))`;

const END_ATTEMPT = `UPDATE attempt SET state = 'ended', result = ?3, ended_at = ?4
WHERE tenant_id = ?1 AND id = ?2 AND state != 'ended' AND state = coalesce(?5, state)
RETURNING id`;
