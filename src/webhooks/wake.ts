import type { TenantContext } from '../tenants/context.ts';
import type { WebhookJob } from './deliver-due.ts';

export type WebhookQueue = {
  send(job: WebhookJob, options?: { readonly delaySeconds?: number }): Promise<unknown>;
};

/**
 * Asked after whatever may have had something to tell: delivers it now rather than with the next
 * minute's cron, which finds what a lost message forgot. A tenant without webhooks costs one look
 * into an index.
 */
export async function wakeWebhooks(ctx: TenantContext, queue: WebhookQueue): Promise<void> {
  const due = await ctx.db.rows(ctx.db.raw(IS_DUE, ctx.clock.now()));
  if (due.length > 0) await queue.send({ tenantId: ctx.tenant.id });
}

const IS_DUE = `SELECT 1 FROM webhook_delivery
WHERE tenant_id = ?1 AND state = 'pending' AND next_at <= ?2 LIMIT 1`;
