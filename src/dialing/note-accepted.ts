import type { CallEvent } from '../db/event-store.ts';
import type { TenantContext } from '../tenants/context.ts';
import { ACCEPTED_LEASE_MS } from './leases.ts';

/** The dial's own events have fixed numbers, so that whoever can tell of them adds them once. */
export function dialEvent(
  n: number,
  at: number,
  type: string,
  detail: Readonly<Record<string, unknown>>,
): CallEvent {
  return { source: 'dial', n, at, type, detail };
}

/**
 * A call of this attempt exists. Answers when its dialing write was committed if nobody knew of the
 * call before, else null.
 */
export async function noteAccepted(
  ctx: TenantContext,
  callId: string,
  sid: string,
): Promise<number | null> {
  const [accepted = []] = await ctx.db.batch([
    ctx.db.raw(SET_ACCEPTED, callId, sid, ctx.clock.now() + ACCEPTED_LEASE_MS),
    ctx.db.raw(SET_CALL_SID, callId, sid),
  ]);
  const dialingAt = accepted[0]?.dialing_at;
  return typeof dialingAt === 'number' ? dialingAt : null;
}

/**
 * A webhook or a listing shows the call of an attempt. When it is the first to tell, whoever dialled
 * has died before he could: what he would have told is in the attempt's row.
 */
export async function noteSeen(ctx: TenantContext, callId: string, sid: string): Promise<void> {
  const dialingAt = await noteAccepted(ctx, callId, sid);
  if (dialingAt === null) return;
  const events = [
    dialEvent(3, dialingAt, 'pacer.reserved', {}),
    dialEvent(4, dialingAt, 'twilio.dial.request', {}),
    dialEvent(5, dialingAt, 'twilio.dial.accepted', { sid }),
  ];
  await ctx.events.append(events.map((event) => ({ ...event, callId })));
}

const SET_ACCEPTED = `UPDATE attempt SET state = 'accepted', twilio_sid = ?3, lease_until = ?4
WHERE tenant_id = ?1 AND id = ?2 AND state IN ('dialing', 'unknown') RETURNING dialing_at`;

const SET_CALL_SID = `UPDATE call SET twilio_sid = ?3
WHERE tenant_id = ?1 AND id = ?2 AND twilio_sid IS NULL`;
