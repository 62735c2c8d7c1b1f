import type { CallKind } from '../db/schema/figure.ts';
import type { Statement } from '../db/statement.ts';
import type { TenantContext } from '../tenants/context.ts';
import { type Counts, DAY_MS, NOTHING, type RATES, rate, SUMS } from './definitions.ts';
import { before, type Period, type Span, spanOf } from './period.ts';

export type Figures = {
  readonly outbound: Counts;
  readonly inbound: Counts;
  readonly rates: Readonly<Record<keyof typeof RATES, number | null>>;
};
export type Summary = {
  readonly span: Span;
  readonly current: Figures;
  readonly previous: Figures;
};

/** A period and the one before it, read from whole days and the quarters at their ends. */
export async function readSummary(
  ctx: TenantContext,
  input: { readonly period: Period },
): Promise<Summary> {
  const span = spanOf(input.period, ctx.clock.now());
  const [now = [], then = []] = await ctx.db.batch([
    sumStatement(ctx, span),
    sumStatement(ctx, before(span)),
  ]);
  return { span, current: figuresOf(now), previous: figuresOf(then) };
}

function sumStatement(ctx: TenantContext, { from, to }: Span): Statement {
  const firstDay = from + ((DAY_MS - (from % DAY_MS)) % DAY_MS);
  // A span inside one day has no whole day: its quarters are all there is.
  const lastDay = Math.max(to - (to % DAY_MS), firstDay);
  const [headEnd, tailStart] = firstDay > to ? [to, to] : [firstDay, lastDay];
  return ctx.db.raw(SUM_SPAN, from, headEnd, firstDay, lastDay, tailStart, to);
}

const COLUMNS = Object.keys(NOTHING).map((name) =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
);
const LIST = COLUMNS.join(', ');

const SUM_SPAN = `SELECT kind, ${SUMS} FROM (
  SELECT kind, ${LIST} FROM figure_day WHERE tenant_id = ?1 AND at >= ?4 AND at < ?5
  UNION ALL
  SELECT kind, ${LIST} FROM figure_quarter WHERE tenant_id = ?1 AND at >= ?2 AND at < ?3
  UNION ALL
  SELECT kind, ${LIST} FROM figure_quarter WHERE tenant_id = ?1 AND at >= ?6 AND at < ?7)
GROUP BY kind`;

/** Rows have a `kind` and the columns of `Counts`. */
export function figuresOf(rows: readonly Readonly<Record<string, unknown>>[]): Figures {
  const of = (kind: CallKind): Counts => {
    const row = rows.find((one) => one.kind === kind);
    return row === undefined ? NOTHING : countsOf(row);
  };
  const [outbound, inbound] = [of('outbound'), of('inbound')];
  const tried = outbound.transferTried + inbound.transferTried;
  const reached = outbound.transferred + inbound.transferred;
  return {
    outbound,
    inbound,
    rates: {
      answerRate: rate(outbound.answered, outbound.finished),
      confirmationRate: rate(outbound.confirmed, outbound.answered),
      escalationRate: rate(outbound.transferred, outbound.answered),
      inboundEscalationRate: rate(inbound.transferred, inbound.finished),
      abandonedTransferRate: rate(tried - reached, tried),
    },
  };
}

export function countsOf(row: Readonly<Record<string, unknown>>): Counts {
  const counts: Record<string, number> = {};
  for (const name of Object.keys(NOTHING)) counts[name] = Number(row[name] ?? 0);
  return { ...NOTHING, ...counts };
}
