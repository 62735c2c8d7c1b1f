import type { TenantContext } from '../tenants/context.ts';
import { ACCEPTED_LEASE_MS } from './leases.ts';

/** A call of this attempt exists, whoever said so first: its answer, a webhook or a listing. */
export async function noteAccepted(ctx: TenantContext, callId: string, sid: string): Promise<void> {
  await ctx.db.batch([
    ctx.db.raw(SET_ACCEPTED, callId, sid, ctx.clock.now() + ACCEPTED_LEASE_MS),
    ctx.db.raw(SET_CALL_SID, callId, sid),
  ]);
}

const SET_ACCEPTED = `UPDATE attempt SET state = 'accepted', twilio_sid = ?3, lease_until = ?4
WHERE tenant_id = ?1 AND id = ?2 AND state IN ('dialing', 'unknown')`;

const SET_CALL_SID = `UPDATE call SET twilio_sid = ?3
WHERE tenant_id = ?1 AND id = ?2 AND twilio_sid IS NULL`;
