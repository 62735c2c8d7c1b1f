import { and, eq } from 'drizzle-orm';
import { message } from '../db/schema/message.ts';
import type { MessageCarrier } from '../telephony/messages.ts';
import type { TenantContext } from '../tenants/context.ts';
import { followText } from './follow-text.ts';
import {
  CLOCK_SKEW_MS,
  type MessageJob,
  POSTING_LEASE_MS,
  QUEUE_LEASE_MS,
  UNKNOWN_GRACE_MS,
} from './jobs.ts';
import { noteSent } from './note-sent.ts';

type MessageRow = typeof message.$inferSelect;

/**
 * Looks after one text whose lease ended: what a queue forgot is queued again, a POST without an
 * answer is looked up. Answers the job to queue.
 */
export async function sweepMessage(
  ctx: TenantContext,
  deps: { readonly carrier: () => Promise<Pick<MessageCarrier, 'listMessages'>> },
  id: string,
): Promise<MessageJob | null> {
  const own = await ctx.db.findOne(message, eq(message.id, id));
  if (own === null || own.leaseUntil === null) return null;
  const { id: tenantId } = ctx.tenant;
  switch (own.state) {
    case 'waiting':
      await extend(ctx, own, QUEUE_LEASE_MS);
      return { tenantId, type: 'send', messageId: id };
    case 'received':
      await extend(ctx, own, QUEUE_LEASE_MS);
      return { tenantId, type: 'take', messageId: id };
    default:
      return lookUp(ctx, await deps.carrier(), own);
  }
}

/**
 * Never posts what may have been posted: only a whole listing of the texts between the two numbers
 * that does not show it, long after, lets it be sent anew.
 */
async function lookUp(
  ctx: TenantContext,
  carrier: Pick<MessageCarrier, 'listMessages'>,
  own: MessageRow,
): Promise<MessageJob | null> {
  await extend(ctx, own, POSTING_LEASE_MS);
  const postingAt = own.postingAt ?? own.createdAt;
  const listed = await carrier.listMessages({
    ...{ to: own.toNumber, from: own.fromNumber },
    createdAfter: postingAt - CLOCK_SKEW_MS,
  });
  const known = await ctx.db.find(
    message,
    and(eq(message.threadId, own.threadId), eq(message.direction, 'outbound')),
  );
  const taken = new Set(known.map(({ twilioSid }) => twilioSid));
  const ours = listed.find(({ sid, body }) => !taken.has(sid) && body === own.body);
  if (ours !== undefined) {
    const status = ours.status ?? 'accepted';
    await noteSent(ctx, own, { sid: ours.sid, status, errorCode: ours.errorCode });
    return null;
  }
  if (ctx.clock.now() - postingAt < UNKNOWN_GRACE_MS) return null;
  await ctx.db.run(ctx.db.raw(SEND_ANEW, own.id, ctx.clock.now() + QUEUE_LEASE_MS));
  await followText(ctx, own.id);
  return { tenantId: ctx.tenant.id, type: 'send', messageId: own.id };
}

async function extend(ctx: TenantContext, own: MessageRow, ms: number): Promise<void> {
  await ctx.db.run(ctx.db.raw(EXTEND, own.id, ctx.clock.now() + ms));
}

const EXTEND = `UPDATE message SET lease_until = ?3
WHERE tenant_id = ?1 AND id = ?2 AND lease_until IS NOT NULL`;

const SEND_ANEW = `UPDATE message SET state = 'waiting', posting_at = NULL, lease_until = ?3
WHERE tenant_id = ?1 AND id = ?2 AND state IN ('posting', 'unknown')`;
