import { eq } from 'drizzle-orm';
import { type MessageState, type message, thread } from '../db/schema/message.ts';
import {
  isMessageOver,
  MESSAGE_STATUSES,
  type MessageStatus,
  messageRank,
} from '../telephony/message-status.ts';
import type { TenantContext } from '../tenants/context.ts';
import { followText } from './follow-text.ts';

type MessageRow = typeof message.$inferSelect;

/** What the carrier says of a text, in its answer, a callback or a listing. */
export type Sent = {
  readonly sid: string;
  readonly status: MessageStatus;
  readonly errorCode?: string | null;
};

/** States that a status moves forward: what we have before it is sent, and lower ones of the carrier. */
function below(status: MessageStatus): MessageState[] {
  const lower = MESSAGE_STATUSES.filter((one) => messageRank(one) < messageRank(status));
  return ['waiting', 'posting', 'unknown', ...lower];
}

/**
 * A text exists at the carrier: statuses only move forward, in whatever order they come. The first
 * word of it is told as `sms.sent`, before the state that says so.
 */
export async function noteSent(ctx: TenantContext, own: MessageRow, sent: Sent): Promise<void> {
  const now = ctx.clock.now();
  const found = await ctx.db.findOne(thread, eq(thread.id, own.threadId));
  const callId = own.callId ?? found?.conversation ?? null;
  if (callId !== null) await appendSent(ctx, own, callId, sent);
  await ctx.db.run(
    ctx.db.raw(
      MOVE,
      ...[own.id, JSON.stringify(below(sent.status)), sent.status, sent.sid],
      ...[sent.errorCode ?? null, now, isMessageOver(sent.status) ? now : null],
    ),
  );
  if (own.attemptId !== null) await followText(ctx, own.id);
}

/** By the text's own name, so that whoever tells of it tells it once. */
async function appendSent(
  ctx: TenantContext,
  own: MessageRow,
  callId: string,
  { sid }: Sent,
): Promise<void> {
  const at = own.postingAt ?? own.createdAt;
  const detail = { message: own.id, sid, segments: own.segments };
  await ctx.events.append([
    { callId, source: 'text', n: numberOf(own.id), at, type: 'sms.sent', detail },
  ]);
}

/** 48 bits of the id's random end: distinct within a conversation, the same whoever asks. */
export function numberOf(id: string): number {
  let n = 0;
  for (const char of id.slice(-9)) n = n * 32 + '0123456789abcdefghjkmnpqrstvwxyz'.indexOf(char);
  return 2 ** 45 + n;
}

const MOVE = `UPDATE message SET state = ?4, twilio_sid = coalesce(twilio_sid, ?5),
  error_code = coalesce(?6, error_code), sent_at = coalesce(sent_at, ?7), ended_at = ?8,
  lease_until = NULL
WHERE tenant_id = ?1 AND id = ?2 AND state IN (SELECT value FROM json_each(?3))`;
