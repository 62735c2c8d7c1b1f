import type { AttemptState } from '../db/schema/campaign.ts';
import type { Statement } from '../db/statement.ts';
import type { TenantContext } from '../tenants/context.ts';
import { QUEUED_LEASE_MS } from './leases.ts';

/** Takes back the dialing write of an attempt of which nothing reached the carrier, and its count. */
export function backToQueued(
  ctx: TenantContext,
  attemptId: string,
  from: AttemptState = 'dialing',
  /** Only while it is the dialing write of that moment. */
  dialingAt: number | null = null,
): readonly Statement[] {
  const lease = ctx.clock.now() + QUEUED_LEASE_MS;
  return [
    ctx.db.raw(UNCOUNT_DIAL, attemptId, from, dialingAt),
    ctx.db.raw(BACK_TO_QUEUED, attemptId, lease, from, dialingAt),
  ];
}

const UNCOUNT_DIAL = `UPDATE dial_day SET attempts = dial_day.attempts - 1,
  spent_micros = spent_micros - a.cost_micros
FROM attempt AS a
WHERE a.tenant_id = ?1 AND a.id = ?2 AND a.state = ?3
  AND a.dialing_at = coalesce(?4, a.dialing_at)
  AND dial_day.tenant_id = ?1 AND dial_day.day = a.dial_day`;

/** A mark for cancelling goes too: there is nothing to take back, and the gate looks again. */
const BACK_TO_QUEUED = `UPDATE attempt SET state = 'queued', dialing_at = NULL, lease_until = ?3,
  dial_day = NULL, cost_micros = NULL, cancel_reason = NULL
WHERE tenant_id = ?1 AND id = ?2 AND state = ?4
  AND dialing_at = coalesce(?5, dialing_at)`;
