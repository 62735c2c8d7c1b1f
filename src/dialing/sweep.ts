import { eq } from 'drizzle-orm';
import { LOST_AT_CARRIER, NEVER_PLACED } from '../calls/session-types.ts';
import type { AttemptRef } from '../db/platform-db.ts';
import { attempt, campaign } from '../db/schema/campaign.ts';
import type { Carrier, CarrierCall } from '../telephony/carrier.ts';
import type { TenantContext } from '../tenants/context.ts';
import { callerIdOf } from './caller-id.ts';
import { cancelAtCarrier } from './cancel-calls.ts';
import type { DialJob } from './claim-due.ts';
import { DIALING_LEASE_MS, QUEUED_LEASE_MS, UNKNOWN_GRACE_MS } from './leases.ts';
import { dialEvent, noteSeen, requestedEvents } from './note-accepted.ts';

export type SweepDeps = {
  readonly carrier: Carrier;
  readonly session: (callId: string) => {
    settle(call: CarrierCall): Promise<void>;
    abandon(errorCode: string): Promise<void>;
  };
};

type AttemptRow = typeof attempt.$inferSelect;

/**
 * Looks after one attempt whose lease ended: a lost queue message is sent again, a dial without an
 * answer is looked up at the carrier, a call without an end is asked for. Answers the job to queue.
 */
export async function sweepAttempt(
  ctx: TenantContext,
  deps: SweepDeps,
  ref: AttemptRef,
): Promise<DialJob | null> {
  const row = await ctx.db.findOne(attempt, eq(attempt.id, ref.id));
  if (row === null) return null;
  switch (row.state) {
    case 'ended':
      return null;
    case 'queued':
      await extendLease(ctx, row, QUEUED_LEASE_MS);
      return { tenantId: ctx.tenant.id, callId: row.id };
    case 'accepted':
      await settleFromCarrier(ctx, deps, row);
      return null;
    case 'dialing':
    case 'unknown':
      await resolveUnknown(ctx, deps, row);
      return null;
  }
}

/** The last callback never came: the carrier's own record ends the call. */
async function settleFromCarrier(
  ctx: TenantContext,
  deps: SweepDeps,
  row: AttemptRow,
): Promise<void> {
  await extendLease(ctx, row, UNKNOWN_GRACE_MS);
  if (row.twilioSid === null) return;
  if (row.cancelReason !== null) {
    await cancelAtCarrier(ctx, deps.carrier, row.id, row.twilioSid);
  }
  const found = await deps.carrier.fetchCall(row.twilioSid);
  if (found !== null) return deps.session(row.id).settle(found);
  if (ctx.clock.now() - (row.dialingAt ?? row.createdAt) > FORGOTTEN_AFTER_MS) {
    // The session tells the ledger until it has heard, and the ledger ends the attempt.
    await deps.session(row.id).abandon(LOST_AT_CARRIER);
  }
}

/**
 * Never posts again. Only a listing of the account's calls to that number, in every status, that
 * shows no such call ends an `unknown`; while the carrier cannot be asked it stays.
 */
async function resolveUnknown(ctx: TenantContext, deps: SweepDeps, row: AttemptRow): Promise<void> {
  await markUnknown(ctx, row);
  const dialingAt = row.dialingAt ?? row.createdAt;
  const own = await ctx.db.findOne(campaign, eq(campaign.id, row.campaignId));
  const listed = await deps.carrier.listCalls({
    to: row.e164,
    startedAfter: dialingAt - CLOCK_SKEW_MS,
  });
  // A caller who was handed to this number is a call of another kind.
  const candidates = listed.filter(
    (call) =>
      own !== null && call.from === callerIdOf(own, row.e164) && call.direction === 'outbound-api',
  );
  const ours = await firstUnclaimed(ctx, candidates);
  if (ours !== null) {
    await noteSeen(ctx, async () => deps.carrier, row.id, ours.sid);
    await deps.session(row.id).settle(ours);
    return;
  }
  if (ctx.clock.now() - dialingAt < UNKNOWN_GRACE_MS) return;
  await deps.session(row.id).abandon(NEVER_PLACED);
}

/** Longer than any call lasts and any listing lags. */
const FORGOTTEN_AFTER_MS = 3_600_000;

/** The carrier's clock and ours may differ by this much. */
const CLOCK_SKEW_MS = 5_000;

async function markUnknown(ctx: TenantContext, row: AttemptRow): Promise<void> {
  await extendLease(ctx, row, UNKNOWN_GRACE_MS);
  if (row.state === 'unknown') return;
  const requestedAt = row.dialingAt ?? row.createdAt;
  const events = [
    ...requestedEvents(requestedAt),
    dialEvent(7, requestedAt + DIALING_LEASE_MS, 'twilio.dial.unknown', {
      reason: 'no record of an answer',
    }),
  ];
  // Before the state that says they are told.
  await ctx.events.append(events.map((event) => ({ ...event, callId: row.id })));
  await ctx.db.run(
    ctx.db.raw(
      "UPDATE attempt SET state = 'unknown' WHERE tenant_id = ?1 AND id = ?2 AND state = 'dialing'",
      row.id,
    ),
  );
}

/** A call to the same number that another attempt owns is not ours. */
async function firstUnclaimed(
  ctx: TenantContext,
  calls: readonly CarrierCall[],
): Promise<CarrierCall | null> {
  if (calls.length === 0) return null;
  const claimed = await ctx.db.rows<{ sid: string }>(
    ctx.db.raw(
      `SELECT twilio_sid AS sid FROM attempt
       WHERE tenant_id = ?1 AND e164 = ?2 AND twilio_sid IS NOT NULL`,
      calls[0]?.to,
    ),
  );
  const taken = new Set(claimed.map((row) => row.sid));
  return calls.find((call) => !taken.has(call.sid)) ?? null;
}

async function extendLease(ctx: TenantContext, row: AttemptRow, ms: number): Promise<void> {
  await ctx.db.run(
    ctx.db.raw(
      'UPDATE attempt SET lease_until = ?3 WHERE tenant_id = ?1 AND id = ?2 AND ended_at IS NULL',
      row.id,
      ctx.clock.now() + ms,
    ),
  );
}
