import { endAttempt } from '../dialing/end-attempt.ts';
import { type GateRefusal, passGateWith, refusalNow } from '../dialing/gate.ts';
import { textMicros } from '../telephony/text-cost.ts';
import type { TenantContext } from '../tenants/context.ts';
import { dropOpening } from './drop-opening.ts';
import { POSTING_LEASE_MS } from './jobs.ts';
import { loadGated } from './load-gated.ts';
import type { MessageRow } from './send-message.ts';

/** The first text of an attempt, which carries the attempt with it. */
export type Opening = MessageRow & { readonly attemptId: string };

/** Whether this text opens the talk of an attempt: the others of its opening come after it. */
export async function isOpening(ctx: TenantContext, own: MessageRow): Promise<boolean> {
  return own.attemptId !== null && (await openingOf(ctx, own.attemptId)) === own.id;
}

/** The first text of an attempt; null when it has none yet. */
export async function openingOf(ctx: TenantContext, attemptId: string): Promise<string | null> {
  const [first] = await ctx.db.rows<{ id: string }>(ctx.db.raw(FIRST, attemptId));
  return first?.id ?? null;
}

/**
 * The gate of a campaign's call, for a text: the attempt's dialing write and the text's to `posting`
 * are one transaction. False when it may not be sent; then what becomes of the contact is written.
 */
export async function passTextGate(ctx: TenantContext, own: Opening): Promise<boolean> {
  const ready = await loadGated(ctx, own.attemptId);
  if (ready === null) return false;
  const verdict = await passGateWith(ctx, ready, textMicros(own.toNumber, own.segments), (now) =>
    ctx.db.raw(SET_POSTING, own.id, now, now + POSTING_LEASE_MS),
  );
  if (verdict === null) return true;
  if (verdict !== 'taken') await refuse(ctx, own, verdict);
  else if (ready.attempt.state === 'ended') {
    await dropOpening(ctx, own, ready.attempt.result ?? 'ended');
  }
  return false;
}

/** Before the sender's pace is asked: what may not go now takes no part of it. */
export async function refuseEarly(ctx: TenantContext, own: Opening): Promise<boolean> {
  const ready = await loadGated(ctx, own.attemptId);
  const refusal = ready === null ? null : refusalNow(ctx, ready, ctx.clock.now());
  if (refusal === null) return false;
  await refuse(ctx, own, refusal);
  return true;
}

/** The attempt first: a text whose attempt is over is dropped by whoever comes to it next. */
async function refuse(ctx: TenantContext, own: Opening, refusal: GateRefusal): Promise<void> {
  await endAttempt(ctx, { callId: own.attemptId, ...refusal, onlyIn: 'queued' });
  await dropOpening(ctx, own, refusal.result);
}

const FIRST = `SELECT id FROM message
WHERE tenant_id = ?1 AND attempt_id = ?2 AND attempt_id IS NOT NULL
ORDER BY created_at LIMIT 1`;

const SET_POSTING = `UPDATE message SET state = 'posting', posting_at = ?3, lease_until = ?4
WHERE tenant_id = ?1 AND id = ?2 AND state = 'waiting' AND EXISTS (SELECT 1 FROM attempt AS a
  WHERE a.tenant_id = ?1 AND a.id = message.attempt_id AND a.state = 'dialing'
    AND a.dialing_at = ?3)`;
