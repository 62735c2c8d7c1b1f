import { and, eq } from 'drizzle-orm';
import { webhookDelivery } from '../db/schema/webhook.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import { findEndpoint } from './endpoints.ts';

export type DeliveryRow = typeof webhookDelivery.$inferSelect;

/** How long a delivery can be seen and sent again. */
export const KEPT_MS = 7 * 86_400_000;
const MOST_RECOVERED = 1000;
const MOST_PRUNED = 1000;

/** Of one endpoint, newest first. `cursor` is `createdAt.id` of the last one seen. */
export async function listDeliveries(
  ctx: TenantContext,
  query: {
    readonly endpointId: string;
    readonly state?: DeliveryRow['state'] | undefined;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<DeliveryRow[]> {
  await findEndpoint(ctx, query.endpointId);
  const [, at, id] = /^(\d{1,15})\.(.+)$/.exec(query.cursor ?? '') ?? [];
  const rows = await ctx.db.rows<Listed>(
    ctx.db.raw(
      LIST,
      ...[query.endpointId, query.state ?? null, at === undefined ? null : Number(at)],
      ...[id ?? null, query.limit],
    ),
  );
  return rows.map((row) => ({ ...row, log: JSON.parse(row.log) }));
}

export const cursorOf = ({ createdAt, id }: Pick<DeliveryRow, 'createdAt' | 'id'>): string =>
  `${createdAt}.${id}`;

/** The same message again, with all its tries before it, whatever became of it. */
export async function redeliver(
  ctx: TenantContext,
  input: { readonly endpointId: string; readonly deliveryId: string },
): Promise<void> {
  const own = await ctx.db.findOne(webhookDelivery, ownOf(input));
  if (own === null) {
    throw new DestinyError(
      'not_found',
      `There is no delivery ${input.deliveryId}; they are kept for seven days.`,
    );
  }
  await ctx.db.run(ctx.db.raw(AGAIN, own.id));
}

/** Everything that failed since then, the oldest first, up to a thousand. */
export async function recoverFailed(
  ctx: TenantContext,
  input: { readonly endpointId: string; readonly since: number },
): Promise<number> {
  await findEndpoint(ctx, input.endpointId);
  return ctx.db.run(ctx.db.raw(RECOVER, input.endpointId, input.since));
}

/** A message that tells nothing, to this endpoint alone, whatever types it wants. */
export async function sendTest(ctx: TenantContext, endpointId: string): Promise<string> {
  const own = await findEndpoint(ctx, endpointId);
  if (own.state === 'disabled') {
    throw new DestinyError('conflict', 'The endpoint is disabled; enable it, then send the test.');
  }
  const now = ctx.clock.now();
  const messageId = `webhook_test-${ctx.newId('evt')}`;
  const id = `${endpointId}-${messageId}`;
  const payload = {
    type: 'webhook.test',
    timestamp: new Date(now).toISOString(),
    data: { endpointId },
  };
  await ctx.db.run(
    ctx.db.insert(webhookDelivery, {
      ...{ id, endpointId, messageId, type: payload.type, payload: JSON.stringify(payload) },
      ...{ state: 'pending', attempts: 0, nextAt: 0, log: [], createdAt: now },
    }),
  );
  return id;
}

/** Forgets deliveries that are old enough; answers how many. */
export function pruneDeliveries(ctx: TenantContext): Promise<number> {
  return ctx.db.run(ctx.db.raw(PRUNE, ctx.clock.now() - KEPT_MS));
}

const ownOf = (input: { readonly endpointId: string; readonly deliveryId: string }) => {
  const { id, endpointId } = webhookDelivery;
  const own = and(eq(id, input.deliveryId), eq(endpointId, input.endpointId));
  if (own === undefined) throw new Error('two conditions make one');
  return own;
};

type Listed = Omit<DeliveryRow, 'log'> & { readonly log: string };

const LIST = `SELECT id, endpoint_id AS endpointId, message_id AS messageId, type, payload, state,
  attempts, next_at AS nextAt, log, created_at AS createdAt, tenant_id AS tenantId
FROM webhook_delivery
WHERE tenant_id = ?1 AND endpoint_id = ?2 AND (?3 IS NULL OR state = ?3)
  AND (?4 IS NULL OR (created_at, id) < (?4, ?5))
ORDER BY created_at DESC, id DESC LIMIT ?6`;

const AGAIN = `UPDATE webhook_delivery SET state = 'pending', attempts = 0, next_at = 0
WHERE tenant_id = ?1 AND id = ?2`;

const RECOVER = `UPDATE webhook_delivery SET state = 'pending', attempts = 0, next_at = 0
WHERE tenant_id = ?1 AND id IN (SELECT id FROM webhook_delivery
  WHERE tenant_id = ?1 AND endpoint_id = ?2 AND created_at >= ?3 AND state = 'failed'
  ORDER BY created_at LIMIT ${MOST_RECOVERED})`;

const PRUNE = `DELETE FROM webhook_delivery WHERE tenant_id = ?1 AND id IN (
  SELECT id FROM webhook_delivery WHERE tenant_id = ?1 AND created_at < ?2
  ORDER BY created_at LIMIT ${MOST_PRUNED})`;
