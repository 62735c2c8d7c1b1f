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
  /** What the call cost, in millionths of a US dollar; unset: what was held for it stays counted. */
  readonly costMicros?: number;
  /** Ends it only while it is in this state: what was decided from that state may be old. */
  readonly onlyIn?: AttemptState;
};

/** Ends an attempt once: true for the caller that ended it, false for every later one. */
export async function endAttempt(ctx: TenantContext, end: AttemptEnd): Promise<boolean> {
  const dueAt = end.after.state === 'due' ? end.after.dueAt : null;
  const givenBack = end.after.state === 'due' && !end.after.isCounted ? 1 : 0;
  const onlyIn = end.onlyIn ?? null;
  const cost = end.costMicros ?? null;
  const [, , ended = []] = await ctx.db.batch([
    ctx.db.raw(SETTLE_DAY, end.callId, onlyIn, givenBack, cost),
    ctx.db.raw(SETTLE_ENROLMENT, end.callId, end.after.state, dueAt, end.result, givenBack, onlyIn),
    ctx.db.raw(END_ATTEMPT, end.callId, end.result, ctx.clock.now(), onlyIn, cost),
    ...(end.after.state === 'skipped'
      ? [ctx.db.raw(RECORD_SKIPPED, end.callId, end.result, ctx.clock.now())]
      : []),
  ]);
  return ended.length > 0;
}

/** Before the attempt ends, which tells whether this end is new; what was never dialled has no day. */
const SETTLE_DAY = `UPDATE dial_day SET
  attempts = dial_day.attempts - ?4,
  spent_micros = spent_micros + coalesce(?5, a.cost_micros) - a.cost_micros
FROM attempt AS a
WHERE a.tenant_id = ?1 AND a.id = ?2 AND a.ended_at IS NULL AND a.state = coalesce(?3, a.state)
  AND dial_day.tenant_id = ?1 AND dial_day.day = a.dial_day`;

const SETTLE_ENROLMENT = `UPDATE enrolment
SET state = ?3, due_at = ?4, reason = ?5, attempts = attempts - ?6
WHERE tenant_id = ?1 AND state = 'active' AND (campaign_id, contact_id) IN (
  SELECT campaign_id, contact_id FROM attempt
  WHERE tenant_id = ?1 AND id = ?2 AND ended_at IS NULL AND state = coalesce(?7, state))`;

const END_ATTEMPT = `UPDATE attempt SET state = 'ended', result = ?3, ended_at = ?4,
  cost_micros = coalesce(?6, cost_micros)
WHERE tenant_id = ?1 AND id = ?2 AND ended_at IS NULL AND state = coalesce(?5, state)
RETURNING id`;

/** Who was never called is in the ledger too, with the reason. */
const RECORD_SKIPPED = `INSERT INTO call
  (tenant_id, id, direction, campaign_id, contact_id, script_id, script_version, from_number,
   to_number, status, error_code, turns, applied_up_to, created_at, ended_at)
SELECT ?1, a.id, 'outbound', a.campaign_id, a.contact_id, c.script_id, c.script_version,
  c.from_number, a.e164, 'canceled', ?3, 0, 0, a.created_at, ?4
FROM attempt a JOIN campaign c ON c.tenant_id = a.tenant_id AND c.id = a.campaign_id
WHERE a.tenant_id = ?1 AND a.id = ?2 AND a.state = 'ended' AND a.channel = 'voice'
ON CONFLICT DO NOTHING`;
