import { eq } from 'drizzle-orm';
import { NEVER_PLACED } from '../calls/session-types.ts';
import type { CallEvent } from '../db/event-store.ts';
import { attempt, CANCEL_REASONS, type CancelReason } from '../db/schema/campaign.ts';
import type { Carrier } from '../telephony/carrier.ts';
import type { TenantContext } from '../tenants/context.ts';
import { cancelAtCarrier } from './cancel-calls.ts';
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

/** What a dialler that died had to tell before its answer; its attempt's row says when. */
export function requestedEvents(dialingAt: number): readonly CallEvent[] {
  return [
    dialEvent(3, dialingAt, 'pacer.reserved', {}),
    dialEvent(4, dialingAt, 'twilio.dial.request', {}),
  ];
}

/** What became known with the first word of a call. */
export type Accepted = {
  /** Set: the call was forbidden while it was being dialled, and is to be taken back. */
  readonly cancelReason: CancelReason | null;
};

/** A call of this attempt exists. Null when that was known before, or the attempt is over. */
export async function noteAccepted(
  ctx: TenantContext,
  callId: string,
  sid: string,
): Promise<Accepted | null> {
  const now = ctx.clock.now();
  const [accepted = []] = await ctx.db.batch([
    ctx.db.raw(SET_ACCEPTED, callId, sid, now + ACCEPTED_LEASE_MS, now),
    ctx.db.raw(SET_CALL_SID, callId, sid),
  ]);
  return acceptedOf(accepted[0]);
}

/**
 * A webhook or a listing shows the call of an attempt. When it is the first to tell, whoever dialled
 * has died before he could: what he would have told is in the attempt's row. An attempt that was
 * given up is taken up again, unless its number is being called anew: then the late call goes.
 */
export async function noteSeen(
  ctx: TenantContext,
  carrier: () => Promise<Carrier>,
  callId: string,
  sid: string,
): Promise<void> {
  const own = await ctx.db.findOne(attempt, eq(attempt.id, callId));
  if (own === null || own.dialingAt === null) return;
  const isGivenUp = own.state === 'ended' && own.result === NEVER_PLACED;
  if (!isGivenUp && own.state !== 'dialing' && own.state !== 'unknown') return;
  // Before the state that says it is known: what comes after that would never be looked at again.
  await appendAccepted(ctx, callId, own.dialingAt, sid);
  const accepted = await (isGivenUp ? revive : noteAccepted)(ctx, callId, sid);
  if (isGivenUp && accepted === null) {
    await (await carrier()).updateCall(sid, { status: 'canceled' });
  } else if (accepted !== null && accepted.cancelReason !== null) {
    await cancelAtCarrier(ctx, await carrier(), callId, sid);
  }
}

function appendAccepted(
  ctx: TenantContext,
  callId: string,
  dialingAt: number,
  sid: string,
): Promise<void> {
  const events = [
    ...requestedEvents(dialingAt),
    dialEvent(5, dialingAt, 'twilio.dial.accepted', { sid }),
  ];
  return ctx.events.append(events.map((event) => ({ ...event, callId })));
}

/** Null when the number is being called anew. */
async function revive(ctx: TenantContext, callId: string, sid: string): Promise<Accepted | null> {
  const [, revived = []] = await ctx.db.batch([
    ctx.db.raw(END_WAITING_SUCCESSOR, callId, ctx.clock.now()),
    ctx.db.raw(REVIVE, callId, sid, ctx.clock.now() + ACCEPTED_LEASE_MS),
    ctx.db.raw(COUNT_AGAIN, callId),
    ctx.db.raw(REACTIVATE, callId),
  ]);
  return acceptedOf(revived[0]);
}

function acceptedOf(row: Readonly<Record<string, unknown>> | undefined): Accepted | null {
  if (row === undefined) return null;
  const cancelReason = CANCEL_REASONS.find((reason) => reason === row.cancel_reason) ?? null;
  return { cancelReason };
}

/** One that is to be taken back has a lease that is over, should its dialler die before he asks. */
const SET_ACCEPTED = `UPDATE attempt SET state = 'accepted', twilio_sid = ?3,
  lease_until = CASE WHEN cancel_reason IS NULL THEN ?4 ELSE ?5 END
WHERE tenant_id = ?1 AND id = ?2 AND state IN ('dialing', 'unknown')
RETURNING cancel_reason`;

const SET_CALL_SID = `UPDATE call SET twilio_sid = ?3
WHERE tenant_id = ?1 AND id = ?2 AND twilio_sid IS NULL`;

/** The next attempt for the same contact, if nothing of it has left yet. */
const END_WAITING_SUCCESSOR = `UPDATE attempt SET state = 'ended', result = 'superseded',
  ended_at = ?3
WHERE tenant_id = ?1 AND state = 'queued' AND ended_at IS NULL AND (campaign_id, contact_id) IN (
  SELECT campaign_id, contact_id FROM attempt
  WHERE tenant_id = ?1 AND id = ?2 AND state = 'ended' AND result = '${NEVER_PLACED}')`;

const REVIVE = `UPDATE attempt SET state = 'accepted', twilio_sid = ?3, lease_until = ?4,
  result = NULL, ended_at = NULL
WHERE tenant_id = ?1 AND id = ?2 AND state = 'ended' AND result = '${NEVER_PLACED}'
  AND NOT EXISTS (SELECT 1 FROM attempt o
                  WHERE o.tenant_id = ?1 AND o.e164 = attempt.e164 AND o.ended_at IS NULL)
RETURNING cancel_reason`;

const COUNT_AGAIN = `UPDATE dial_day SET attempts = attempts + 1
WHERE tenant_id = ?1 AND changes() = 1
  AND day = (SELECT dial_day FROM attempt WHERE tenant_id = ?1 AND id = ?2)`;

/** The try that was given back did reach the carrier after all. */
const REACTIVATE = `UPDATE enrolment SET state = 'active', due_at = NULL,
  attempts = (SELECT ordinal FROM attempt WHERE tenant_id = ?1 AND id = ?2)
WHERE tenant_id = ?1 AND state IN ('due', 'active') AND (campaign_id, contact_id) IN (
  SELECT campaign_id, contact_id FROM attempt
  WHERE tenant_id = ?1 AND id = ?2 AND state = 'accepted')`;
