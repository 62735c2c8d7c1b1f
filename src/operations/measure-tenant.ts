import { DAY_MS, QUARTER_MS, rate } from '../analytics/definitions.ts';
import { localDay } from '../dialing/window.ts';
import type { TenantContext } from '../tenants/context.ts';
import type { ALERT_RULES, AlertName } from './alert-rules.ts';

const HOUR_MS = 3_600_000;
/** Below so many calls or hand-overs a share says nothing. */
const LEAST_CALLS = 20;
const LEAST_ANSWER_CALLS = 50;
const LEAST_TRANSFERS = 10;
/** 47 CFR 64.1200(a)(7): abandoned calls are counted over thirty days of one campaign. */
const ABANDONED_DAYS = 30;

export type Measured = Readonly<Record<TenantRule, number | null>>;
export type TenantRule = {
  [K in AlertName]: (typeof ALERT_RULES)[K]['of'] extends 'tenant' ? K : never;
}[AlertName];

type Row = Readonly<Record<string, number | null>>;

/**
 * One value a rule, from the figures of the tenant: however many calls there were, some forty rows
 * are read, and one for each day and campaign of the last thirty days.
 */
export async function measureTenant(ctx: TenantContext): Promise<Measured> {
  const now = ctx.clock.now();
  const today = localDay(now, ctx.tenant.timeZone);
  const week = now - (now % DAY_MS);
  const results = await ctx.db.batch([
    ctx.db.raw(RECENT, now - 2 * HOUR_MS - QUARTER_MS, now - HOUR_MS, now - 2 * HOUR_MS),
    ctx.db.raw(WEEK, week - 7 * DAY_MS, week),
    ctx.db.raw(FAILED_RECORDINGS, now - HOUR_MS),
    ctx.db.raw(HALTED),
    ctx.db.raw(SPENT, today),
    ctx.db.raw(FAILING_WEBHOOKS, now - QUARTER_MS),
    ctx.db.raw(ABANDONED, week - ABANDONED_DAYS * DAY_MS, LEAST_TRANSFERS),
  ]);
  const [recent, before, recordings, halted, spent, webhooks, abandoned] = results.map(
    (rows) => (rows[0] ?? {}) as Row,
  );
  const n = (row: Row | undefined, name: string) => Number(row?.[name] ?? 0);
  const limit = ctx.tenant.dailySpendMicros;
  const used = limit === null || limit === 0 ? null : n(spent, 'micros') / limit;
  return {
    answer_rate_drop: dropOf(recent, before, n),
    speech_fallback: shareOf(n(recent, 'fallback'), n(recent, 'hourCalls'), LEAST_CALLS),
    recordings_failing: n(recordings, 'failed'),
    abandoned_transfers: abandoned?.share ?? null,
    breaker_tripped: n(halted, 'halted'),
    spend_near_limit: used,
    spend_at_limit: used,
    webhook_failing: n(webhooks, 'failing'),
  };
}

const shareOf = (over: number, under: number, least: number) =>
  under < least ? null : rate(over, under);

function dropOf(
  recent: Row | undefined,
  before: Row | undefined,
  n: (row: Row | undefined, name: string) => number,
): number | null {
  const now = shareOf(n(recent, 'answered'), n(recent, 'calls'), LEAST_ANSWER_CALLS);
  const usual = shareOf(n(before, 'answered'), n(before, 'calls'), LEAST_ANSWER_CALLS);
  return now === null || usual === null || usual === 0 ? null : 1 - now / usual;
}

/** The last two hours of quarters for answers, and the last for speech. */
const RECENT = `SELECT
  sum((at >= ?4 AND kind = 'outbound') * finished) AS calls,
  sum((at >= ?4 AND kind = 'outbound') * answered) AS answered,
  sum((at >= ?3) * finished) AS hourCalls, sum((at >= ?3) * fallback) AS fallback
FROM figure_quarter WHERE tenant_id = ?1 AND at >= ?2 AND kind != 'test'`;

/** The worst campaign; all who call in are one. */
const ABANDONED = `SELECT max(share) AS share FROM (
  SELECT 1.0 * (sum(transfer_tried) - sum(transferred)) / sum(transfer_tried) AS share
  FROM figure_campaign WHERE tenant_id = ?1 AND at >= ?2 AND kind != 'test'
  GROUP BY campaign_id HAVING sum(transfer_tried) >= ?3)`;

const WEEK = `SELECT sum(finished) AS calls, sum(answered) AS answered
FROM figure_day WHERE tenant_id = ?1 AND at >= ?2 AND at < ?3 AND kind = 'outbound'`;

const FAILED_RECORDINGS = `SELECT count(*) AS failed FROM recording
WHERE tenant_id = ?1 AND created_at >= ?2 AND state = 'failed'`;

const HALTED = `SELECT count(*) AS halted FROM campaign
WHERE tenant_id = ?1 AND state = 'paused' AND paused_reason IS NOT NULL`;

const SPENT = `SELECT spent_micros AS micros FROM dial_day WHERE tenant_id = ?1 AND day = ?2`;

const FAILING_WEBHOOKS = `SELECT count(*) AS failing FROM webhook_endpoint
WHERE tenant_id = ?1 AND failing_since IS NOT NULL AND failing_since <= ?2
  AND (state = 'enabled' OR disabled_reason != 'person')`;
