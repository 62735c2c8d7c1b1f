import type { TenantContext } from '../tenants/context.ts';

/** An opening goes no further: what of it still waits is not sent, and nobody waits for an answer. */
export async function dropOpening(
  ctx: TenantContext,
  own: { readonly attemptId: string; readonly threadId: string },
  reason: string,
): Promise<void> {
  await ctx.db.batch([
    ctx.db.raw(CANCEL_WAITING, own.attemptId, reason, ctx.clock.now()),
    ctx.db.raw(END_CONVERSATION, own.attemptId, own.threadId),
  ]);
}

const CANCEL_WAITING = `UPDATE message SET state = 'canceled', error_code = ?3, ended_at = ?4,
  lease_until = NULL
WHERE tenant_id = ?1 AND attempt_id = ?2 AND attempt_id IS NOT NULL AND state = 'waiting'`;

const END_CONVERSATION = `UPDATE thread SET flow_state = NULL, waits_until = NULL, step = step + 1
WHERE tenant_id = ?1 AND id = ?3 AND conversation = ?2 AND flow_state IS NOT NULL`;
