import { eq } from 'drizzle-orm';
import type { LedgerReport } from '../calls/session-types.ts';
import type { CallEvent } from '../db/event-store.ts';
import { attempt, campaign } from '../db/schema/campaign.ts';
import { contact } from '../db/schema/contact.ts';
import { classifyEnd, type EndClass } from '../telephony/error-classes.ts';
import { isTerminal } from '../telephony/status.ts';
import type { TenantContext } from '../tenants/context.ts';
import { type AfterAttempt, endAttempt } from './end-attempt.ts';
import { nextDueAt } from './retry-schedule.ts';
import { withinOuterBound } from './window.ts';

/**
 * Closes the attempt behind a call that is over: done, skipped, or due again by the campaign's
 * retry list, counted from the end of this call. Repeating it changes nothing.
 */
export async function settleAttempt(ctx: TenantContext, report: LedgerReport): Promise<void> {
  const own = await ctx.db.findOne(attempt, eq(attempt.id, report.callId));
  if (own === null || own.state === 'ended') return;
  const endedAt = report.call.endedAt ?? ctx.clock.now();
  const after = await afterCall(ctx, own, report, endedAt);
  const ended = await endAttempt(ctx, {
    callId: own.id,
    result: report.call.outcome ?? report.call.errorCode ?? report.call.status,
    after,
  });
  if (ended) await appendRetryEvent(ctx, own.id, after, own.ordinal);
}

async function afterCall(
  ctx: TenantContext,
  own: typeof attempt.$inferSelect,
  report: LedgerReport,
  endedAt: number,
): Promise<AfterAttempt> {
  const end = endClassOf(report);
  if (end === 'answered') return { state: 'done' };
  if (end === 'contact' || end === 'canceled') return { state: 'skipped' };
  const [plan, person] = await Promise.all([
    ctx.db.findOne(campaign, eq(campaign.id, own.campaignId)),
    ctx.db.findOne(contact, eq(contact.id, own.contactId)),
  ]);
  const window = plan === null ? null : withinOuterBound(plan, ctx.tenant.isOuterWindowLifted);
  if (plan === null || window === null) return { state: 'exhausted' };
  const dueAt = nextDueAt({
    endedAt,
    ordinal: own.ordinal,
    retrySeconds: plan.retrySeconds,
    timeZone: person?.timeZone ?? plan.timeZone,
    window,
  });
  return dueAt === null ? { state: 'exhausted' } : { state: 'due', dueAt, isCounted: true };
}

/** The ledger keeps Twilio's error number, or `sip_<code>` of the last status callback. */
function endClassOf({ call }: LedgerReport): EndClass {
  if (!isTerminal(call.status)) return 'retry';
  const [, sip, code] = /^(?:sip_(\d+)|(\d+))$/.exec(call.errorCode ?? '') ?? [];
  return classifyEnd({
    status: call.status,
    sipCode: sip === undefined ? undefined : Number(sip),
    errorCode: code === undefined ? undefined : Number(code),
  });
}

async function appendRetryEvent(
  ctx: TenantContext,
  callId: string,
  after: AfterAttempt,
  ordinal: number,
): Promise<void> {
  const base = { callId, source: 'ledger', n: 0, at: ctx.clock.now() } as const;
  const event: (CallEvent & { callId: string }) | null =
    after.state === 'due'
      ? { ...base, type: 'retry.scheduled', detail: { dueAt: after.dueAt, attempt: ordinal + 1 } }
      : after.state === 'exhausted'
        ? { ...base, type: 'retry.exhausted', detail: { attempts: ordinal } }
        : null;
  if (event !== null) await ctx.events.append([event]);
}
