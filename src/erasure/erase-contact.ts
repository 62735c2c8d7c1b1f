import { eq } from 'drizzle-orm';
import { contact } from '../db/schema/contact.ts';
import { endAttempt } from '../dialing/end-attempt.ts';
import type { TenantContext } from '../tenants/context.ts';
import { type EraseClipsDeps, eraseClips } from './erase-clips.ts';
import { eraseDeliveries } from './erase-deliveries.ts';
import { eraseRecordings } from './erase-recordings.ts';

export type EraseDeps = EraseClipsDeps;

/** Calls whose traces are taken away at a time. */
const PAGE_CALLS = 200;
/** A call or a text under way still writes; it is looked at again after it. */
const AGAIN_MS = 120_000;
/** What a call leaves, its recording last, is there so long after its end. */
const SETTLED_AFTER_MS = 600_000;

/**
 * Takes away what is known of a person who is to be erased: sound first, then the values it follows
 * from, so that who is cut off is followed from where that stands. True when nothing is left; false
 * while a call or a text is under way, after which it is done once more.
 */
export async function eraseContact(
  ctx: TenantContext,
  deps: EraseDeps,
  contactId: string,
): Promise<boolean> {
  const own = await ctx.db.findOne(contact, eq(contact.id, contactId));
  if (own === null || own.eraseAt === null) return true;
  const numbers = JSON.stringify(await numbersOf(ctx, own));
  await endWaiting(ctx, contactId, numbers);
  const settledBefore = ctx.clock.now() - SETTLED_AFTER_MS;
  let isUnderWay = false;
  for (let after = ''; ; ) {
    const calls = await ctx.db.rows<Call>(
      ctx.db.raw(CALLS, contactId, own.e164, after, PAGE_CALLS, settledBefore),
    );
    const ids = calls.map(({ id }) => id);
    isUnderWay ||= calls.some(({ isOver }) => isOver === 0);
    await eraseClips(ctx, deps, { calls: ids });
    isUnderWay ||= await eraseRecordings(ctx, deps.store, ids);
    const list = JSON.stringify(ids);
    await ctx.db.batch(FORGET_CALLS.map((text) => ctx.db.raw(text, list)));
    after = ids.at(-1) ?? after;
    if (calls.length < PAGE_CALLS) break;
  }
  await eraseClips(ctx, deps, { contactId, fields: own.fields });
  await ctx.db.batch(FORGET_TEXTS.map((text) => ctx.db.raw(text, numbers)));
  await eraseDeliveries(ctx, [contactId, ...(JSON.parse(numbers) as string[])]);
  await ctx.db.run(ctx.db.raw(FORGET_REJECTIONS, numbers));
  const [left] = await ctx.db.rows<{ n: number }>(ctx.db.raw(UNDER_WAY, numbers, contactId));
  if (isUnderWay || (left?.n ?? 0) > 0) {
    await ctx.db.run(ctx.db.raw(AGAIN, contactId, ctx.clock.now() + AGAIN_MS));
    return false;
  }
  await ctx.db.batch(FORGET_PERSON.map((text) => ctx.db.raw(text, contactId)));
  return true;
}

type Call = { readonly id: string; readonly isOver: number };

async function numbersOf(
  ctx: TenantContext,
  own: { readonly id: string; readonly e164: string },
): Promise<string[]> {
  const rows = await ctx.db.rows<{ e164: string }>(ctx.db.raw(ENROLLED_NUMBERS, own.id));
  return [...new Set([own.e164, ...rows.map(({ e164 }) => e164)])].filter((one) => one !== '');
}

/** What waits to be dialled is not dialled any more. */
async function endWaiting(ctx: TenantContext, contactId: string, numbers: string): Promise<void> {
  const rows = await ctx.db.rows<{ id: string }>(ctx.db.raw(WAITING, numbers, contactId));
  for (const { id: callId } of rows) {
    const end = { callId, result: 'contact_erased', after: { state: 'skipped' } } as const;
    await endAttempt(ctx, { ...end, onlyIn: 'queued' });
  }
}

const ENROLLED_NUMBERS = `SELECT DISTINCT e164 FROM enrolment
WHERE tenant_id = ?1 AND contact_id = ?2`;

const WAITING = `SELECT id FROM attempt WHERE tenant_id = ?1 AND state = 'queued'
  AND e164 IN (SELECT value FROM json_each(?2)) AND contact_id = ?3 AND state != 'ended'`;

/** Those of the person, and those that came in from its number while it was unknown. */
const CALLS = `SELECT id, coalesce(ended_at < ?6, 0) AS isOver FROM (
  SELECT id, ended_at FROM call
  WHERE tenant_id = ?1 AND contact_id = ?2 AND contact_id IS NOT NULL AND id > ?4
  UNION SELECT id, ended_at FROM call
  WHERE tenant_id = ?1 AND direction = 'inbound' AND from_number = ?3 AND contact_id IS NULL
    AND id > ?4)
ORDER BY id LIMIT ?5`;

const FORGET_CALLS = [
  `DELETE FROM utterance
WHERE tenant_id = ?1 AND call_id IN (SELECT value FROM json_each(?2))`,
  `DELETE FROM snapshot
WHERE tenant_id = ?1 AND call_id IN (SELECT value FROM json_each(?2))`,
  `UPDATE call SET recording_url = NULL WHERE tenant_id = ?1 AND recording_url IS NOT NULL
  AND id IN (SELECT value FROM json_each(?2))`,
];

const THREADS = `(SELECT id FROM thread
  WHERE tenant_id = ?1 AND peer IN (SELECT value FROM json_each(?2)))`;
const UNSETTLED = "('waiting', 'posting', 'unknown')";
const FORGET_TEXTS = [
  `UPDATE message SET body = NULL WHERE tenant_id = ?1 AND body IS NOT NULL
  AND state NOT IN ${UNSETTLED} AND thread_id IN ${THREADS}`,
  `UPDATE thread SET flow_state = NULL, waits_until = NULL, contact_id = NULL
WHERE tenant_id = ?1 AND peer IN (SELECT value FROM json_each(?2))`,
];

/** A refused row says what stood in it. */
const FORGET_REJECTIONS = `UPDATE import_rejection SET message = 'Erased.'
WHERE tenant_id = ?1 AND EXISTS (
  SELECT 1 FROM json_each(?2) AS n WHERE instr(message, substr(n.value, 2)) > 0)`;

const UNDER_WAY = `SELECT (SELECT count(*) FROM attempt
  WHERE tenant_id = ?1 AND e164 IN (SELECT value FROM json_each(?2)) AND contact_id = ?3
    AND state != 'ended')
+ (SELECT count(*) FROM message WHERE tenant_id = ?1 AND body IS NOT NULL
  AND state IN ${UNSETTLED} AND thread_id IN ${THREADS}) AS n`;

const AGAIN = 'UPDATE contact SET erase_at = ?3 WHERE tenant_id = ?1 AND id = ?2';

const FORGET_PERSON = [
  `UPDATE enrolment SET e164 = '' WHERE tenant_id = ?1 AND contact_id = ?2`,
  `UPDATE contact SET e164 = '', fields = '{}', time_zone = NULL, consent_kind = NULL,
  consent_source = NULL, consent_at = NULL, import_id = NULL, erase_at = NULL
WHERE tenant_id = ?1 AND id = ?2`,
];
