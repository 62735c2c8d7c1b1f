import type { TenantContext } from '../tenants/context.ts';

export type ErasedPerson = {
  readonly contactId: string;
  readonly e164: string;
  readonly callIds: readonly string[];
};

/** In one transaction; answers how many texts lost their words. */
export async function eraseRows(ctx: TenantContext, person: ErasedPerson): Promise<number> {
  const { contactId, e164, callIds } = person;
  const calls = JSON.stringify(callIds);
  const marks = JSON.stringify([contactId, e164, ...callIds]);
  const [texts = []] = await ctx.db.batch([
    ctx.db.raw(TEXTS, contactId, e164, calls),
    ctx.db.raw(THREADS, contactId, e164),
    ctx.db.raw(
      'DELETE FROM snapshot WHERE tenant_id = ?1 AND call_id IN (SELECT value FROM json_each(?2))',
      calls,
    ),
    ctx.db.raw(
      'DELETE FROM utterance WHERE tenant_id = ?1 AND call_id IN (SELECT value FROM json_each(?2))',
      calls,
    ),
    ctx.db.raw(CALLS, calls),
    ctx.db.raw(TEXTED_VALUES, contactId, e164),
    ctx.db.raw(WAITING_ATTEMPTS, contactId, e164, ctx.clock.now()),
    ctx.db.raw(ATTEMPTS, contactId, e164),
    ctx.db.raw(ENROLMENTS, contactId),
    ctx.db.raw(MEMBERS, contactId),
    ctx.db.raw(DELIVERIES, marks),
    ctx.db.raw(REJECTIONS, e164),
    ctx.db.raw('DELETE FROM contact WHERE tenant_id = ?1 AND id = ?2', contactId),
  ]);
  return texts.length;
}

/** Stands where a number stood. */
const GONE = "'erased'";

const OWN_THREADS = `SELECT id FROM thread WHERE tenant_id = ?1
  AND (contact_id = ?2 OR (contact_id IS NULL AND peer = ?3))`;

const TEXTS = `UPDATE message SET body = NULL,
  from_number = iif(from_number = ?3, ${GONE}, from_number),
  to_number = iif(to_number = ?3, ${GONE}, to_number)
WHERE tenant_id = ?1 AND (thread_id IN (${OWN_THREADS})
  OR call_id IN (SELECT value FROM json_each(?4))) RETURNING id`;

/** Nobody waits for an answer any more; a number that writes again begins a thread of its own. */
const THREADS = `UPDATE thread SET peer = 'erased:' || id, contact_id = NULL, flow_state = NULL,
  waits_until = NULL WHERE tenant_id = ?1 AND id IN (${OWN_THREADS})`;

const CALLS = `UPDATE call SET
  to_number = iif(direction = 'outbound', ${GONE}, to_number),
  from_number = iif(direction = 'inbound', ${GONE}, from_number)
WHERE tenant_id = ?1 AND id IN (SELECT value FROM json_each(?2))`;

/** Values that texts were made of stand under their attempt: there is no call. */
const TEXTED_VALUES = `DELETE FROM snapshot WHERE tenant_id = ?1 AND call_id IN (
  SELECT id FROM attempt WHERE tenant_id = ?1 AND e164 = ?3 AND contact_id = ?2
    AND channel = 'sms')`;

const WAITING_ATTEMPTS = `UPDATE attempt SET state = 'ended', result = 'contact_erased',
  ended_at = ?4 WHERE tenant_id = ?1 AND e164 = ?3 AND contact_id = ?2 AND state = 'queued'`;

const ATTEMPTS = `UPDATE attempt SET e164 = ${GONE}
WHERE tenant_id = ?1 AND e164 = ?3 AND contact_id = ?2 AND state = 'ended'`;

const ENROLMENTS = `UPDATE enrolment SET e164 = ${GONE},
  reason = iif(state IN ('pending', 'due', 'active'), 'contact_erased', reason),
  due_at = NULL,
  state = iif(state IN ('pending', 'due', 'active'), 'skipped', state)
WHERE tenant_id = ?1 AND contact_id = ?2`;

const MEMBERS = `DELETE FROM contact_list_member WHERE tenant_id = ?1 AND contact_id = ?2
AND list_id IN (SELECT id FROM contact_list WHERE tenant_id = ?1)`;

/** A refused row says what stood in it. */
const REJECTIONS = `UPDATE import_rejection SET message = ${GONE}
WHERE tenant_id = ?1 AND instr(message, substr(?2, 2)) > 0`;

const DELIVERIES = `DELETE FROM webhook_delivery WHERE tenant_id = ?1 AND EXISTS (
  SELECT 1 FROM json_each(?2) AS mark WHERE instr(payload, mark.value) > 0)`;
