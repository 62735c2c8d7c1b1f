import { eq } from 'drizzle-orm';
import { attempt } from '../db/schema/campaign.ts';
import { message } from '../db/schema/message.ts';
import { backToQueued } from '../dialing/back-to-queued.ts';
import { closeAttempt } from '../dialing/settle-attempt.ts';
import { textMicros } from '../telephony/text-cost.ts';
import { classifyText } from '../telephony/text-errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import { dropOpening } from './drop-opening.ts';
import { TEXT_LEASE_MS, UNKNOWN_GRACE_MS } from './jobs.ts';
import { tellCampaign } from './tell-campaign.ts';
import { isOpening, type Opening } from './text-gate.ts';

/**
 * Has an attempt follow its opening text, whatever told of it: an answer, a callback, a listing.
 * Reads the attempt first, because one write moves both: a text that still waits then is one that
 * was taken back. Repeating it changes nothing.
 */
export async function followText(ctx: TenantContext, messageId: string): Promise<void> {
  const seen = await ctx.db.findOne(message, eq(message.id, messageId));
  if (seen === null || seen.attemptId === null) return;
  const tried = await ctx.db.findOne(attempt, eq(attempt.id, seen.attemptId));
  if (tried === null || tried.state === 'ended') return;
  const own = await ctx.db.findOne(message, eq(message.id, messageId));
  if (own === null || !hasAttempt(own) || !(await isOpening(ctx, own))) return;
  const now = ctx.clock.now();
  switch (own.state) {
    case 'received':
    case 'posting':
      return;
    case 'waiting':
      if (tried.state === 'queued') return;
      await ctx.db.batch(backToQueued(ctx, tried.id, tried.state, tried.dialingAt));
      return;
    case 'unknown':
      await ctx.db.run(ctx.db.raw(SET_UNKNOWN, tried.id, now + UNKNOWN_GRACE_MS));
      return;
    case 'accepted':
    case 'scheduled':
    case 'queued':
    case 'sending':
    case 'sent':
      await ctx.db.run(ctx.db.raw(SET_ACCEPTED, tried.id, own.twilioSid, now + TEXT_LEASE_MS));
      return;
    default:
      await close(ctx, own, tried);
  }
}

/** The carrier never told whether it arrived, and never will: it is not sent again. */
export async function closeWithoutReceipt(ctx: TenantContext, messageId: string): Promise<void> {
  const own = await ctx.db.findOne(message, eq(message.id, messageId));
  if (own === null || !hasAttempt(own)) return;
  const tried = await ctx.db.findOne(attempt, eq(attempt.id, own.attemptId));
  if (tried === null || tried.state === 'ended') return;
  await close(ctx, own, tried, own.state === 'sent' ? 'answered' : 'lost');
}

async function close(
  ctx: TenantContext,
  own: Opening,
  tried: typeof attempt.$inferSelect,
  endClass: ReturnType<typeof classifyText> | 'lost' = classifyText(own),
): Promise<void> {
  const isBilled = own.twilioSid !== null && own.state !== 'canceled';
  await closeAttempt(ctx, tried, {
    class: endClass,
    at: own.endedAt ?? ctx.clock.now(),
    result: endClass === 'answered' ? own.state : (own.errorCode ?? own.state),
    costMicros: isBilled ? textMicros(own.toNumber, own.segments) : 0,
  });
  if (endClass !== 'answered') return dropOpening(ctx, own, 'opening_failed');
  await ctx.db.batch([tellCampaign(ctx.db, own.threadId, null)]);
}

export const hasAttempt = (own: typeof message.$inferSelect): own is Opening =>
  own.attemptId !== null;

const SET_UNKNOWN = `UPDATE attempt SET state = 'unknown', lease_until = ?3
WHERE tenant_id = ?1 AND id = ?2 AND state = 'dialing'`;

const SET_ACCEPTED = `UPDATE attempt SET state = 'accepted', twilio_sid = ?3, lease_until = ?4
WHERE tenant_id = ?1 AND id = ?2 AND state IN ('dialing', 'unknown')`;
