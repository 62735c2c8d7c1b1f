import { eq } from 'drizzle-orm';
import { attempt, campaign, dialDay } from '../db/schema/campaign.ts';
import { suppression } from '../db/schema/contact.ts';
import type { Statement } from '../db/statement.ts';
import { isAllowedDestination } from '../shared/destination.ts';
import { estimateCostMicros, FIRST_MINUTE_SECONDS } from '../telephony/call-cost.ts';
import type { TenantContext } from '../tenants/context.ts';
import { callerIdOf } from './caller-id.ts';
import type { AfterAttempt } from './end-attempt.ts';
import { DIALING_LEASE_MS } from './leases.ts';
import type { ReadyAttempt } from './plan-attempts.ts';
import { isWindowOpen, localDay, moveIntoWindow, nextMidnight } from './window.ts';

export type GateRefusal = { readonly result: string; readonly after: AfterAttempt };

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/** What the gate looks at: of an attempt to call as of one to text. */
export type Gated = Pick<ReadyAttempt, 'attempt' | 'campaign' | 'zones' | 'window'>;

/** As `passGateWith`, for a call: its row in the ledger goes with it. */
export function passGate(ctx: TenantContext, ready: Gated): Promise<null | 'taken' | GateRefusal> {
  const { id, e164 } = ready.attempt;
  const { scriptId, scriptVersion } = ready.campaign;
  return passGateWith(ctx, ready, estimateCostMicros(e164, FIRST_MINUTE_SECONDS), (now) =>
    ctx.db.raw(
      INSERT_CALL,
      ...[id, now, scriptId, scriptVersion, callerIdOf(ready.campaign, e164)],
    ),
  );
}

/**
 * The dialing write: one statement commits `dialing` only if, at this moment, the campaign runs,
 * the number is not suppressed and not dialled too often, and the day's attempts and money are not
 * used up; the ledger's row and the day's count go with it. No row, no POST. Null when the gate
 * opened, `taken` when somebody else has the attempt.
 */
export async function passGateWith(
  ctx: TenantContext,
  ready: Gated,
  costMicros: number,
  ledgerRow: (now: number) => Statement,
): Promise<null | 'taken' | GateRefusal> {
  const now = ctx.clock.now();
  const refused = refusalNow(ctx, ready, now);
  if (refused !== null) return refused;
  const { id } = ready.attempt;
  const [opened = []] = await ctx.db.batch([
    ctx.db.raw(
      SET_DIALING,
      id,
      now,
      now + DIALING_LEASE_MS,
      localDay(now, ctx.tenant.timeZone),
      costMicros,
      ctx.tenant.dailyAttempts,
      ctx.tenant.dailySpendMicros,
      now - DAY_MS,
      now - WEEK_MS,
    ),
    ctx.db.raw(COUNT_DIAL, id),
    ledgerRow(now),
  ]);
  return opened.length > 0 ? null : refusalFound(ctx, ready, costMicros, now);
}

const SET_DIALING = `UPDATE attempt SET state = 'dialing', dialing_at = ?3, lease_until = ?4,
  dial_day = ?5, cost_micros = ?6
WHERE tenant_id = ?1 AND id = ?2 AND state = 'queued'
  AND NOT EXISTS (SELECT 1 FROM suppression s
                  WHERE s.tenant_id = ?1 AND s.e164 = attempt.e164)
  AND NOT EXISTS (SELECT 1 FROM dial_day d WHERE d.tenant_id = ?1 AND d.day = ?5
                  AND (d.attempts >= ?7 OR d.spent_micros + ?6 > ?8))
  AND EXISTS (SELECT 1 FROM campaign c
              WHERE c.tenant_id = ?1 AND c.id = attempt.campaign_id AND c.state = 'running'
              AND (c.daily_attempts_per_number IS NULL OR c.daily_attempts_per_number >
                (SELECT count(*) FROM attempt o WHERE o.tenant_id = ?1 AND o.e164 = attempt.e164
                 AND o.dialing_at > ?9))
              AND (c.weekly_attempts_per_number IS NULL OR c.weekly_attempts_per_number >
                (SELECT count(*) FROM attempt o WHERE o.tenant_id = ?1 AND o.e164 = attempt.e164
                 AND o.dialing_at > ?10)))
  AND coalesce(?7, 1) > 0 AND coalesce(?8, ?6) >= ?6
RETURNING id`;

/** changes() is what SET_DIALING, right before it in the transaction, changed: one row or none. */
const COUNT_DIAL = `INSERT INTO dial_day (tenant_id, day, attempts, spent_micros)
SELECT ?1, dial_day, 1, cost_micros FROM attempt
WHERE tenant_id = ?1 AND id = ?2 AND changes() = 1
ON CONFLICT DO UPDATE SET attempts = attempts + 1,
  spent_micros = spent_micros + excluded.spent_micros`;

const INSERT_CALL = `INSERT INTO call
  (tenant_id, id, direction, campaign_id, contact_id, script_id, script_version,
   from_number, to_number, status, turns, applied_up_to, created_at)
SELECT ?1, id, 'outbound', campaign_id, contact_id, ?4, ?5, ?6, e164, 'queued', 0, 0, ?3
FROM attempt WHERE tenant_id = ?1 AND id = ?2 AND state = 'dialing' AND dialing_at = ?3
ON CONFLICT DO NOTHING`;

/** What needs no database: the plan, the destination and the window at the called person's place. */
export function refusalNow(ctx: TenantContext, ready: Gated, now: number): GateRefusal | null {
  const { tenant } = ctx;
  if (tenant.state !== 'active') return skipped('tenant_suspended');
  if (tenant.plan === 'INBOUND') return skipped('plan_without_outbound');
  const isAllowed = isAllowedDestination(ready.attempt.e164, tenant.callingCodes);
  if (!isAllowed) return skipped('destination_not_allowed');
  if (ready.window === null) return skipped('window_never_open');
  if (isWindowOpen(now, ready.zones, ready.window)) return null;
  return laterThan(now, ready, 'window_closed');
}

/** The write found nothing to change: read why. */
async function refusalFound(
  ctx: TenantContext,
  ready: Gated,
  cost: number,
  now: number,
): Promise<'taken' | GateRefusal> {
  const { timeZone, dailyAttempts, dailySpendMicros } = ctx.tenant;
  const [own, stopped, current, today, recent] = await Promise.all([
    ctx.db.findOne(attempt, eq(attempt.id, ready.attempt.id)),
    ctx.db.findOne(suppression, eq(suppression.e164, ready.attempt.e164)),
    ctx.db.findOne(campaign, eq(campaign.id, ready.campaign.id)),
    ctx.db.findOne(dialDay, eq(dialDay.day, localDay(now, timeZone))),
    recentDials(ctx, ready.attempt.e164, now),
  ]);
  if (stopped !== null) return skipped('suppressed');
  if (current?.state === 'paused') {
    return { result: 'campaign_paused', after: { state: 'due', dueAt: now, isCounted: false } };
  }
  if (current?.state !== 'running') return skipped('campaign_stopped');
  const often = tooOftenUntil(current, recent, now);
  if (often !== null) return laterThan(often, ready, 'dialled_too_often');
  const { attempts, spentMicros } = today ?? { attempts: 0, spentMicros: 0 };
  const tomorrow = nextMidnight(now, timeZone);
  if (dailyAttempts !== null && attempts >= dailyAttempts) {
    return laterThan(tomorrow, ready, 'daily_attempts_reached');
  }
  if (dailySpendMicros !== null && spentMicros + cost > dailySpendMicros) {
    return laterThan(tomorrow, ready, 'daily_spend_reached');
  }
  // The campaign was resumed, or a limit raised, between the write and this look.
  return own?.state === 'queued' ? laterThan(now, ready, 'gate_missed') : 'taken';
}

/** When this number was dialled in the last week, newest first. */
async function recentDials(ctx: TenantContext, e164: string, now: number): Promise<number[]> {
  const rows = await ctx.db.rows<{ at: number }>(
    ctx.db.raw(
      `SELECT dialing_at AS at FROM attempt
       WHERE tenant_id = ?1 AND e164 = ?2 AND dialing_at > ?3 ORDER BY dialing_at DESC`,
      e164,
      now - WEEK_MS,
    ),
  );
  return rows.map((row) => row.at);
}

/** The moment from which one more dial keeps both limits; null when they are kept now. */
function tooOftenUntil(
  limits: Pick<typeof campaign.$inferSelect, 'dailyAttemptsPerNumber' | 'weeklyAttemptsPerNumber'>,
  recent: readonly number[],
  now: number,
): number | null {
  const untils = [
    { limit: limits.dailyAttemptsPerNumber, ms: DAY_MS },
    { limit: limits.weeklyAttemptsPerNumber, ms: WEEK_MS },
  ].flatMap(({ limit, ms }) => {
    const oldest = limit === null ? undefined : recent[limit - 1];
    return oldest === undefined || oldest + ms <= now ? [] : [oldest + ms];
  });
  return untils.length === 0 ? null : Math.max(...untils);
}

function skipped(result: string): GateRefusal {
  return { result, after: { state: 'skipped' } };
}

/** Nobody was dialled, so the try is not used up. */
function laterThan(at: number, ready: Gated, result: string): GateRefusal {
  const dueAt = ready.window === null ? null : moveIntoWindow(at, ready.zones, ready.window);
  if (dueAt === null) return skipped('window_never_open');
  return { result, after: { state: 'due', dueAt, isCounted: false } };
}
