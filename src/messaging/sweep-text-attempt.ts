import { eq } from 'drizzle-orm';
import { attempt } from '../db/schema/campaign.ts';
import { message } from '../db/schema/message.ts';
import { QUEUED_LEASE_MS } from '../dialing/leases.ts';
import type { MessageCarrier } from '../telephony/messages.ts';
import type { TenantContext } from '../tenants/context.ts';
import { closeWithoutReceipt, followText, hasAttempt } from './follow-text.ts';
import { CLOCK_SKEW_MS, type MessageJob, NO_RECEIPT_MS, TEXT_LEASE_MS } from './jobs.ts';
import { noteSent } from './note-sent.ts';
import { openingOf } from './text-gate.ts';

/**
 * Looks after an attempt to text whose lease ended: one that the queue forgot is queued again, one
 * whose text has moved on follows it, and a text of whose end nothing was told is asked for.
 */
export async function sweepTextAttempt(
  ctx: TenantContext,
  deps: { readonly carrier: () => Promise<Pick<MessageCarrier, 'listMessages'>> },
  attemptId: string,
): Promise<MessageJob | null> {
  const tried = await ctx.db.findOne(attempt, eq(attempt.id, attemptId));
  if (tried === null || tried.state === 'ended') return null;
  const isQueued = tried.state === 'queued';
  const leaseUntil = ctx.clock.now() + (isQueued ? QUEUED_LEASE_MS : TEXT_LEASE_MS);
  await ctx.db.run(ctx.db.update(attempt, { leaseUntil }, eq(attempt.id, attemptId)));
  const id = await openingOf(ctx, attemptId);
  if (id === null) return isQueued ? { tenantId: ctx.tenant.id, type: 'open', attemptId } : null;
  await followText(ctx, id);
  if (tried.state === 'accepted') await askForEnd(ctx, await deps.carrier(), id);
  return null;
}

async function askForEnd(
  ctx: TenantContext,
  carrier: Pick<MessageCarrier, 'listMessages'>,
  id: string,
): Promise<void> {
  const own = await ctx.db.findOne(message, eq(message.id, id));
  if (own === null || !hasAttempt(own) || own.endedAt !== null) return;
  const postedAt = own.postingAt ?? own.createdAt;
  const listed = await carrier.listMessages({
    ...{ to: own.toNumber, from: own.fromNumber },
    createdAfter: postedAt - CLOCK_SKEW_MS,
  });
  const found = listed.find(({ sid }) => sid === own.twilioSid);
  if (found !== undefined && found.status !== null) {
    const { sid, status, errorCode } = found;
    await noteSent(ctx, own, { sid, status, errorCode });
  }
  if (ctx.clock.now() - postedAt > NO_RECEIPT_MS) await closeWithoutReceipt(ctx, own.id);
}
