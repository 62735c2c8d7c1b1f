import { offsetMs } from '../dialing/window.ts';
import type { TenantContext } from '../tenants/context.ts';
import { type Counts, DAY_MS, NOTHING, QUARTER_MS, rate } from './definitions.ts';
import { type Period, type Span, spanOf } from './period.ts';
import { countsOf } from './read-summary.ts';

const HOUR_MS = 3_600_000;

export type Point = Counts & {
  /** First millisecond of the hour or day at the tenant's place. */
  readonly at: number;
  readonly answerRate: number | null;
};

/** Calls out by local hour (`24h`) or local day; a time without calls has zeros. */
export async function readSeries(
  ctx: TenantContext,
  input: { readonly period: Period },
): Promise<Point[]> {
  const span = spanOf(input.period, ctx.clock.now());
  const step = input.period === '24h' ? HOUR_MS : DAY_MS;
  const local = (at: number) => at + offsetMs(at, ctx.tenant.timeZone);
  const points = new Map<number, Point>();
  // By quarters, not by steps: a local day has 23 hours or 25 when the clocks change.
  for (let at = span.from; at < span.to; at += QUARTER_MS) {
    const slot = Math.floor(local(at) / step);
    if (!points.has(slot)) points.set(slot, { at, ...NOTHING, answerRate: null });
  }
  for (const row of await outboundQuarters(ctx, span)) {
    const slot = Math.floor(local(row.at) / step);
    const point = points.get(slot);
    if (point !== undefined) points.set(slot, { ...point, ...added(point, row) });
  }
  return [...points.values()].map((point) => ({
    ...point,
    answerRate: rate(point.answered, point.finished),
  }));
}

export type Cell = {
  /** 0 is Sunday. */
  readonly weekday: number;
  /** 0 to 23, both at the tenant's place. */
  readonly hour: number;
  readonly finished: number;
  readonly answered: number;
  readonly answerRate: number | null;
};

/** When people pick up: calls out by hour of the week at the tenant's place, all 168 of them. */
export async function readHeatmap(
  ctx: TenantContext,
  input: { readonly period: Period },
): Promise<Cell[]> {
  const span = spanOf(input.period, ctx.clock.now());
  const sums = Array.from({ length: 168 }, () => ({ finished: 0, answered: 0 }));
  for (const row of await outboundQuarters(ctx, span)) {
    const local = new Date(row.at + offsetMs(row.at, ctx.tenant.timeZone));
    const sum = sums[local.getUTCDay() * 24 + local.getUTCHours()];
    if (sum === undefined) continue;
    sum.finished += row.finished;
    sum.answered += row.answered;
  }
  return sums.map(({ finished, answered }, i) => ({
    ...{ weekday: Math.floor(i / 24), hour: i % 24, finished, answered },
    answerRate: rate(answered, finished),
  }));
}

type QuarterRow = Counts & { readonly at: number };

async function outboundQuarters(ctx: TenantContext, { from, to }: Span): Promise<QuarterRow[]> {
  const rows = await ctx.db.rows<Record<string, unknown>>(ctx.db.raw(QUARTERS, from, to));
  return rows.map((row) => ({ ...countsOf(row), at: Number(row.at) }));
}

const QUARTERS = `SELECT at, finished, answered, machine, busy, no_answer AS noAnswer, failed,
  confirmed, transfer_tried AS transferTried, transferred, fallback, seconds
FROM figure_quarter WHERE tenant_id = ?1 AND at >= ?2 AND at < ?3 AND kind = 'outbound'
ORDER BY at`;

function added(left: Counts, right: Counts): Counts {
  const sum: Record<string, number> = {};
  for (const name of Object.keys(NOTHING) as (keyof Counts)[]) sum[name] = left[name] + right[name];
  return { ...NOTHING, ...sum };
}
