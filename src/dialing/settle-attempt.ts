import { eq } from 'drizzle-orm';
import { type LedgerReport, LOST_AT_CARRIER, NEVER_PLACED } from '../calls/session-types.ts';
import type { CallEvent } from '../db/event-store.ts';
import { attempt, type CancelReason, campaign } from '../db/schema/campaign.ts';
import { contact } from '../db/schema/contact.ts';
import { estimateCostMicros } from '../telephony/call-cost.ts';
import { classifyEndByCode, type EndClass } from '../telephony/error-classes.ts';
import { isTerminal } from '../telephony/status.ts';
import type { TenantContext } from '../tenants/context.ts';
import { type AfterAttempt, endAttempt } from './end-attempt.ts';
import { nextDueAt } from './retry-schedule.ts';
import { moveIntoWindow, withinOuterBound } from './window.ts';
import { zonesOf } from './zones.ts';

type AttemptRow = typeof attempt.$inferSelect;

/**
 * Closes the attempt behind a call that is over: done, skipped, or due again by the campaign's
 * retry list, counted from the end of this call. Repeating it changes nothing.
 */
export async function settleAttempt(ctx: TenantContext, report: LedgerReport): Promise<void> {
  const own = await ctx.db.findOne(attempt, eq(attempt.id, report.callId));
  if (own === null || own.state === 'ended') return;
  if (report.call.errorCode === NEVER_PLACED) return settleNeverPlaced(ctx, own.id);
  const end = endClassOf(report);
  await closeAttempt(ctx, own, {
    class: end,
    at: report.call.endedAt ?? ctx.clock.now(),
    result: report.call.outcome ?? report.call.errorCode ?? report.call.status,
    ...costOf(own, end, report),
  });
}

/** Ends an attempt by what its class says of the contact; false when it had ended before. */
export async function closeAttempt(
  ctx: TenantContext,
  own: AttemptRow,
  end: {
    readonly class: EndClass | 'lost';
    readonly at: number;
    readonly result: string;
    readonly costMicros?: number;
  },
): Promise<boolean> {
  const { class: endClass, at, ...rest } = end;
  const after = await afterCall(ctx, own, endClass, at);
  // Before the end: an attempt that has ended is not looked at again, and the event would be lost.
  await appendRetryEvent(ctx, own, after, at);
  return endAttempt(ctx, { callId: own.id, after, ...rest });
}

/** Unset for a lost call: what was held for it stays counted. */
function costOf(own: AttemptRow, end: EndClass | 'lost', { call }: LedgerReport) {
  if (end === 'lost') return {};
  const isBilled = end === 'answered';
  return { costMicros: isBilled ? estimateCostMicros(own.e164, call.durationSeconds ?? 0) : 0 };
}

/** Nobody was dialled: the contact is due at once, and loses no try. */
async function settleNeverPlaced(ctx: TenantContext, callId: string): Promise<void> {
  const after = { state: 'due', dueAt: ctx.clock.now(), isCounted: false } as const;
  const end = { callId, result: NEVER_PLACED, after, onlyIn: 'unknown', costMicros: 0 } as const;
  await endAttempt(ctx, end);
}

async function afterCall(
  ctx: TenantContext,
  own: AttemptRow,
  end: EndClass | 'lost',
  endedAt: number,
): Promise<AfterAttempt> {
  if (end === 'answered') return { state: 'done' };
  if (end === 'lost') return { state: 'exhausted' };
  if (end === 'contact') return { state: 'skipped' };
  if (end === 'canceled' && !isTakenBack(own.cancelReason)) return { state: 'skipped' };
  const [plan, person] = await Promise.all([
    ctx.db.findOne(campaign, eq(campaign.id, own.campaignId)),
    ctx.db.findOne(contact, eq(contact.id, own.contactId)),
  ]);
  const window = plan === null ? null : withinOuterBound(plan, ctx.tenant.isOuterWindowLifted);
  if (plan === null || window === null) return { state: 'exhausted' };
  const timing = {
    endedAt,
    zones: zonesOf({ e164: own.e164, timeZone: person?.timeZone ?? null }, plan.timeZone),
    window,
  };
  const isCounted = end !== 'canceled';
  const dueAt = isCounted
    ? nextDueAt({ ...timing, ordinal: own.ordinal, retrySeconds: plan.retrySeconds })
    : moveIntoWindow(endedAt, timing.zones, window);
  return dueAt === null ? { state: 'exhausted' } : { state: 'due', dueAt, isCounted };
}

/** Taken back for a reason that passes: the contact is called when it has, and loses no try. */
function isTakenBack(reason: CancelReason | null): boolean {
  return reason === 'campaign_paused' || reason === 'window_closed';
}

/** `lost`: there was a call perhaps, so nobody is dialled again. */
function endClassOf({ call }: LedgerReport): EndClass | 'lost' {
  if (call.errorCode === LOST_AT_CARRIER) return 'lost';
  return isTerminal(call.status) ? classifyEndByCode(call.status, call.errorCode) : 'retry';
}

async function appendRetryEvent(
  ctx: TenantContext,
  own: AttemptRow,
  after: AfterAttempt,
  endedAt: number,
): Promise<void> {
  const base = { callId: own.id, source: 'ledger', n: 0, at: endedAt } as const;
  const event: (CallEvent & { callId: string }) | null =
    after.state === 'due'
      ? {
          ...base,
          type: 'retry.scheduled',
          detail: { dueAt: after.dueAt, attempt: own.ordinal + (after.isCounted ? 1 : 0) },
        }
      : after.state === 'exhausted'
        ? { ...base, type: 'retry.exhausted', detail: { attempts: own.ordinal } }
        : null;
  if (event !== null) await ctx.events.append([event]);
}
