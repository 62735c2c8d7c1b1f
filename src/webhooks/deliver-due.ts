import { eq } from 'drizzle-orm';
import { webhookDelivery, webhookEndpoint } from '../db/schema/webhook.ts';
import type { Statement } from '../db/statement.ts';
import type { Sealer } from '../shared/seal.ts';
import type { TenantContext } from '../tenants/context.ts';
import { type DeliverDeps, deliver, type Tried } from './deliver.ts';
import { nextWaitMs } from './retry-times.ts';

/** One message of the `webhooks` queue: this tenant has something to deliver. */
export type WebhookJob = { readonly tenantId: string };

export type DeliverDueDeps = DeliverDeps & {
  readonly sealer: Sealer;
  /** In [0, 1). */
  readonly random: () => number;
};

type Delivery = typeof webhookDelivery.$inferSelect;
type Endpoint = typeof webhookEndpoint.$inferSelect;

/** So many at once; none of them may be held up for long by another's slow server. */
const MOST_AT_ONCE = 20;
const MOST_OF_ONE_ENDPOINT = 5;
const LOOKED_AT = 200;
/** More than a try takes: who dies in it leaves it to be tried again after this time. */
const LEASE_MS = 60_000;
const TRIES_KEPT = 10;
/** An endpoint that took nothing for so long is not asked any more. */
const FAILS_FOR_MS = 5 * 86_400_000;

/**
 * Tries what is due, each once. Answers in how many ms there is something due again, if that is
 * soon; null when the next minute of cron is soon enough.
 */
export async function deliverDue(ctx: TenantContext, deps: DeliverDueDeps): Promise<number | null> {
  const now = ctx.clock.now();
  const until = now + LEASE_MS;
  const claimed = await ctx.db.rows<{ id: string }>(ctx.db.raw(CLAIM, now, until));
  const waits = await Promise.all(claimed.map(({ id }) => tryOne(ctx, deps, id, until)));
  if (claimed.length === MOST_AT_ONCE) return 0;
  const soonest = Math.min(...waits.filter((wait) => wait !== null));
  return soonest < LEASE_MS ? soonest : null;
}

async function tryOne(
  ctx: TenantContext,
  deps: DeliverDueDeps,
  id: string,
  lease: number,
): Promise<number | null> {
  const own = await ctx.db.findOne(webhookDelivery, eq(webhookDelivery.id, id));
  if (own === null || own.state !== 'pending' || own.nextAt !== lease) return null;
  const endpoint = await ctx.db.findOne(webhookEndpoint, eq(webhookEndpoint.id, own.endpointId));
  if (endpoint === null || endpoint.state === 'disabled') {
    await ctx.db.run(noted(ctx, own, 'failed', lease, REFUSED(ctx.clock.now())));
    return null;
  }
  const secrets = await secretsOf(deps.sealer, endpoint, ctx.clock.now());
  const { url } = endpoint;
  const tried = await deliver(deps, { url, id: own.messageId, payload: own.payload, secrets });
  const isDone = tried.error === null;
  const wait = isDone || tried.isGone ? null : nextWait(own, tried, deps.random());
  const state = isDone ? 'delivered' : wait === null ? 'failed' : 'pending';
  const now = ctx.clock.now();
  await ctx.db.batch([
    noted(ctx, own, state, lease, tried, wait === null ? 0 : now + wait),
    isDone
      ? ctx.db.raw(ENDPOINT_WORKS, endpoint.id)
      : ctx.db.raw(ENDPOINT_FAILS, endpoint.id, now, tried.isGone ? 1 : 0, now - FAILS_FOR_MS),
  ]);
  return wait;
}

const nextWait = (own: Delivery, tried: Tried, random: number) =>
  nextWaitMs(own.attempts + 1, tried.retryAfterMs, random);

const REFUSED = (at: number): Tried => ({
  ...{ at, status: null, error: 'endpoint_disabled', ms: 0, answer: '' },
  ...{ isGone: false, retryAfterMs: null },
});

/** Only who still has the lease may say how it went. */
function noted(
  ctx: TenantContext,
  own: Delivery,
  state: Delivery['state'],
  lease: number,
  { at, status, error, ms, answer }: Tried,
  nextAt = 0,
): Statement {
  const log = [...own.log, { at, status, error, ms, answer }].slice(-TRIES_KEPT);
  return ctx.db.raw(NOTE, own.id, state, nextAt, JSON.stringify(log), lease);
}

/** While a secret is being changed, both sign. */
async function secretsOf(sealer: Sealer, own: Endpoint, now: number): Promise<string[]> {
  const { previousSealed, previousUntil } = own;
  const hasTwo = previousSealed !== null && (previousUntil ?? 0) > now;
  return Promise.all([own.secretSealed, ...(hasTwo ? [previousSealed] : [])].map(sealer.open));
}

const CLAIM = `UPDATE webhook_delivery SET next_at = ?3 WHERE tenant_id = ?1 AND id IN (
  SELECT id FROM (
    SELECT id, row_number() OVER (PARTITION BY endpoint_id ORDER BY next_at, created_at) AS place
    FROM (SELECT id, endpoint_id, next_at, created_at FROM webhook_delivery
      WHERE tenant_id = ?1 AND state = 'pending' AND next_at <= ?2
      ORDER BY next_at LIMIT ${LOOKED_AT}))
  WHERE place <= ${MOST_OF_ONE_ENDPOINT} LIMIT ${MOST_AT_ONCE}) RETURNING id`;

const NOTE = `UPDATE webhook_delivery SET state = ?3, next_at = ?4, log = ?5,
  attempts = attempts + 1
WHERE tenant_id = ?1 AND id = ?2 AND state = 'pending' AND next_at = ?6`;

const ENDPOINT_WORKS = `UPDATE webhook_endpoint SET failing_since = NULL
WHERE tenant_id = ?1 AND id = ?2 AND failing_since IS NOT NULL`;

const ENDPOINT_FAILS = `UPDATE webhook_endpoint SET failing_since = coalesce(failing_since, ?3),
  state = iif(?4 OR coalesce(failing_since, ?3) < ?5, 'disabled', state),
  disabled_reason = iif(?4, 'gone',
    iif(coalesce(failing_since, ?3) < ?5, 'failing', disabled_reason)),
  revision = revision + iif(?4 OR coalesce(failing_since, ?3) < ?5, 1, 0)
WHERE tenant_id = ?1 AND id = ?2 AND state = 'enabled'
  AND (?4 OR failing_since IS NULL OR failing_since < ?5)`;
