import { eq } from 'drizzle-orm';
import { suppressNumber } from '../contacts/suppress-number.ts';
import { message, thread } from '../db/schema/message.ts';
import type { CancelQueue } from '../dialing/cancel-calls.ts';
import { endAttempt } from '../dialing/end-attempt.ts';
import type { CallbackUrls } from '../telephony/callback-url.ts';
import type { MessageCarrier } from '../telephony/messages.ts';
import type { Refusal } from '../telephony/twilio-refusal.ts';
import type { TenantContext } from '../tenants/context.ts';
import { dropOpening } from './drop-opening.ts';
import { followText, hasAttempt } from './follow-text.ts';
import { POSTING_LEASE_MS, QUEUE_LEASE_MS } from './jobs.ts';
import { noteSent, numberOf } from './note-sent.ts';
import { waitsForMorning } from './quiet-hours.ts';
import { isOpening, type Opening, passTextGate } from './text-gate.ts';

export type MessageRow = typeof message.$inferSelect;

export type SendDeps = {
  readonly carrier: Pick<MessageCarrier, 'createMessage'>;
  readonly urls: CallbackUrls;
  readonly cancels: CancelQueue;
  readonly pauseCampaign: (campaignId: string, reason: string) => Promise<void>;
};

/** Attempt to send unsubscribed recipient (twilio.com/docs/api/errors/21610). */
const OPTED_OUT = 21610;

/**
 * Sends one text, at most once: the write to `posting` is the gate, and without it there is no POST.
 * `again`: it may not go yet, or Twilio took no more requests at once.
 */
export async function sendMessage(
  ctx: TenantContext,
  deps: SendDeps,
  messageId: string,
): Promise<'done' | 'again'> {
  const waiting = await ctx.db.findOne(message, eq(message.id, messageId));
  if (waiting === null || waiting.state !== 'waiting') return 'done';
  if (await waitsForMorning(ctx, waiting)) return 'done';
  if (hasAttempt(waiting) && (await isOpening(ctx, waiting))) {
    if (!(await passTextGate(ctx, waiting))) return 'done';
  } else if (!(await setPosting(ctx, messageId))) return refused(ctx, messageId);
  const own = await ctx.db.findOne(message, eq(message.id, messageId));
  if (own === null || own.state !== 'posting') return 'done';
  const result = await deps.carrier.createMessage({
    ...{ to: own.toNumber, from: own.fromNumber, body: own.body ?? '' },
    statusCallback: deps.urls.message({ tenant: ctx.tenant.id, message: own.id }),
  });
  switch (result.kind) {
    case 'accepted':
      await noteSent(ctx, own, { sid: result.sid, status: result.status });
      return 'done';
    case 'unknown':
      await ctx.db.run(ctx.db.raw(SET_UNKNOWN, own.id, ctx.clock.now() + POSTING_LEASE_MS));
      await followText(ctx, own.id);
      return 'done';
    case 'rate_limited':
      await ctx.db.run(ctx.db.raw(BACK_TO_WAITING, own.id, ctx.clock.now() + QUEUE_LEASE_MS));
      await followText(ctx, own.id);
      return 'again';
    case 'rejected':
      await end(ctx, own.id, 'failed', String(result.code ?? result.httpStatus));
      if (hasAttempt(own)) await rejected(ctx, deps, own, result);
      if (result.code === OPTED_OUT) {
        const wish = { e164: own.toNumber, reason: 'carrier', source: 'Twilio 21610' } as const;
        await suppressNumber(ctx, deps.cancels, wish);
      }
      return 'done';
  }
}

/** One that waits longer than its lease would be queued once more each time that ends. */
export async function keepWaiting(ctx: TenantContext, own: MessageRow, ms: number): Promise<void> {
  const leaseUntil = ctx.clock.now() + ms;
  if ((own.leaseUntil ?? 0) + QUEUE_LEASE_MS >= leaseUntil) return;
  await ctx.db.run(ctx.db.update(message, { leaseUntil }, eq(message.id, own.id)));
}

async function setPosting(ctx: TenantContext, messageId: string): Promise<boolean> {
  const now = ctx.clock.now();
  const set = ctx.db.raw(SET_POSTING, messageId, now, now + POSTING_LEASE_MS);
  return (await ctx.db.rows(set)).length > 0;
}

/** A fault of the account is not the contact's: he is due again, and the campaign waits for somebody. */
async function rejected(
  ctx: TenantContext,
  deps: SendDeps,
  own: Opening,
  { code, httpStatus, errorClass, message: why }: Extract<Refusal, { kind: 'rejected' }>,
): Promise<void> {
  if ((errorClass === 'account' || errorClass === 'bug') && own.campaignId !== null) {
    const after = { state: 'due', dueAt: ctx.clock.now(), isCounted: false } as const;
    const result = String(code ?? httpStatus);
    await endAttempt(ctx, { callId: own.attemptId, result, after, costMicros: 0 });
    await deps.pauseCampaign(own.campaignId, `Twilio refuses texts (${result}): ${why}`);
  }
  await followText(ctx, own.id);
  await dropOpening(ctx, own, 'opening_failed');
}

/** The gate stayed shut: for good, for now, or because somebody else has been through it. */
async function refused(ctx: TenantContext, messageId: string): Promise<'done' | 'again'> {
  const own = await ctx.db.findOne(message, eq(message.id, messageId));
  if (own === null || own.state !== 'waiting') return 'done';
  const [why] = await ctx.db.rows<{ reason: string | null }>(ctx.db.raw(WHY, own.id));
  if (why?.reason === 'suppressed' || why?.reason === 'campaign_stopped') {
    await end(ctx, own.id, 'canceled', why.reason);
    return 'done';
  }
  return 'again';
}

async function end(
  ctx: TenantContext,
  id: string,
  state: 'failed' | 'canceled',
  errorCode: string,
): Promise<void> {
  const now = ctx.clock.now();
  const own = await ctx.db.findOne(message, eq(message.id, id));
  const found = own === null ? null : await ctx.db.findOne(thread, eq(thread.id, own.threadId));
  const callId = own?.callId ?? found?.conversation ?? null;
  if (callId !== null) {
    const detail = { message: id, status: state, error: errorCode };
    const event = { type: 'sms.failed', at: now, detail, callId } as const;
    await ctx.events.append([{ ...event, source: 'text', n: numberOf(id) }]);
  }
  await ctx.db.run(ctx.db.raw(END, id, state, errorCode, now));
}

/**
 * Nobody who asked to be left alone gets a text, but for the one that says so; the rest of an
 * opening goes unless the campaign was stopped; and two to one person keep their order, but that
 * an answer does not wait for what waits for the morning.
 */
const SET_POSTING = `UPDATE message SET state = 'posting', posting_at = ?3, lease_until = ?4
WHERE tenant_id = ?1 AND id = ?2 AND state = 'waiting'
  AND (purpose = 'confirmation' OR NOT EXISTS (
    SELECT 1 FROM suppression s WHERE s.tenant_id = ?1 AND s.e164 = message.to_number))
  AND (purpose != 'campaign' OR EXISTS (
    SELECT 1 FROM campaign c WHERE c.tenant_id = ?1 AND c.id = message.campaign_id
      AND c.state != 'stopped'))
  AND NOT EXISTS (SELECT 1 FROM message o WHERE o.tenant_id = ?1
    AND o.thread_id = message.thread_id AND o.created_at < message.created_at
    AND o.state IN ('waiting', 'posting')
    AND (o.purpose NOT IN ('call', 'follow_up') OR o.purpose = message.purpose))
RETURNING id`;

const WHY = `SELECT CASE
  WHEN purpose != 'confirmation' AND EXISTS (
    SELECT 1 FROM suppression s WHERE s.tenant_id = ?1 AND s.e164 = message.to_number)
    THEN 'suppressed'
  WHEN purpose = 'campaign' AND EXISTS (
    SELECT 1 FROM campaign c WHERE c.tenant_id = ?1 AND c.id = message.campaign_id
      AND c.state = 'stopped') THEN 'campaign_stopped'
  END AS reason
FROM message WHERE tenant_id = ?1 AND id = ?2`;

const SET_UNKNOWN = `UPDATE message SET state = 'unknown', lease_until = ?3
WHERE tenant_id = ?1 AND id = ?2 AND state = 'posting'`;

const BACK_TO_WAITING = `UPDATE message SET state = 'waiting', posting_at = NULL, lease_until = ?3
WHERE tenant_id = ?1 AND id = ?2 AND state = 'posting'`;

const END = `UPDATE message SET state = ?3, error_code = ?4, ended_at = ?5, lease_until = NULL
WHERE tenant_id = ?1 AND id = ?2 AND state IN ('waiting', 'posting')`;
