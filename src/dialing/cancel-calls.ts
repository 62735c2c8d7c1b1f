import { eq } from 'drizzle-orm';
import { inList } from '../db/in-list.ts';
import { attempt, type CancelReason } from '../db/schema/campaign.ts';
import type { Statement } from '../db/statement.ts';
import type { TenantDb } from '../db/tenant-db.ts';
import type { Carrier } from '../telephony/carrier.ts';
import type { TenantContext } from '../tenants/context.ts';
import { ACCEPTED_LEASE_MS } from './leases.ts';

/** Calls that are to be taken back; the message of the `cancel` queue. */
export type CancelJob = { readonly tenantId: string; readonly callIds: readonly string[] };

/** Whose calls: all of the tenant, a campaign's, a number's, or the calls themselves. */
export type CancelScope =
  | 'all'
  | { readonly campaignId: string }
  | { readonly e164: string }
  | { readonly callIds: readonly string[] };

/**
 * Marks the calls that exist or may exist, and answers their ids; to be committed with the change
 * that forbids them. Their leases end at once, so a lost message is made good by the sweeper. What
 * still waits needs no mark: the gate refuses it. A text that has left cannot be taken back.
 */
export function markForCancel(
  db: TenantDb,
  scope: CancelScope,
  reason: CancelReason,
  now: number,
): Statement {
  const [condition, ...values] = conditionOf(scope);
  return db.raw(
    `UPDATE attempt SET cancel_reason = ?2, lease_until = ?3
     WHERE tenant_id = ?1 AND ${condition} AND ended_at IS NULL
       AND state IN ('dialing', 'unknown', 'accepted') AND cancel_reason IS NULL
       AND channel = 'voice'
     RETURNING id`,
    reason,
    now,
    ...values,
  );
}

function conditionOf(scope: CancelScope): [string, ...string[]] {
  if (scope === 'all') return ['true'];
  if ('campaignId' in scope) return ['campaign_id = ?4', scope.campaignId];
  if ('e164' in scope) return ['e164 = ?4', scope.e164];
  return ['id IN (SELECT value FROM json_each(?4))', JSON.stringify(scope.callIds)];
}

export type CancelQueue = {
  sendBatch(messages: Iterable<{ readonly body: CancelJob }>): Promise<unknown>;
};

/** A message names as many calls as one invocation asks for side by side. */
const CALLS_PER_JOB = 20;
const JOBS_PER_SEND = 100;

/** Has the calls taken back whose ids `markForCancel` answered. */
export async function sendCancels(
  queue: CancelQueue,
  tenantId: string,
  marked: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  const ids = marked.map((row) => String(row.id));
  const jobs: { body: CancelJob }[] = [];
  for (let i = 0; i < ids.length; i += CALLS_PER_JOB) {
    jobs.push({ body: { tenantId, callIds: ids.slice(i, i + CALLS_PER_JOB) } });
  }
  for (let i = 0; i < jobs.length; i += JOBS_PER_SEND) {
    await queue.sendBatch(jobs.slice(i, i + JOBS_PER_SEND));
  }
}

/** Asks the carrier to take marked calls back. One whose SID is not known yet is left to its dialler. */
export async function cancelCalls(
  ctx: TenantContext,
  carrier: Carrier,
  callIds: readonly string[],
): Promise<void> {
  const rows = await ctx.db.find(attempt, inList(attempt.id, callIds));
  await Promise.all(
    rows.map(async ({ id, state, cancelReason, twilioSid }) => {
      if (state !== 'accepted' || cancelReason === null || twilioSid === null) return;
      await cancelAtCarrier(ctx, carrier, id, twilioSid);
    }),
  );
}

/**
 * Twilio cancels a call that is queued or ringing and leaves one in progress alone: who has picked
 * up is spoken to. What could not be asked is asked again by the sweeper. The reason stays in any
 * case: "too late" is also what Twilio says of a call that an earlier request has taken back.
 */
export async function cancelAtCarrier(
  ctx: TenantContext,
  carrier: Pick<Carrier, 'updateCall'>,
  callId: string,
  sid: string,
): Promise<void> {
  const result = await carrier.updateCall(sid, { status: 'canceled' });
  if (result.kind === 'unknown') return;
  const leaseUntil = ctx.clock.now() + ACCEPTED_LEASE_MS;
  await ctx.db.run(ctx.db.update(attempt, { leaseUntil }, eq(attempt.id, callId)));
}
