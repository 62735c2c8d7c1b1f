import { readEdgeKey } from '../calls/call-marks.ts';
import type { TenantContext } from '../tenants/context.ts';
import { type Counts, rate, SUMS } from './definitions.ts';
import { daysOf, type Period, spanOf } from './period.ts';
import { countsOf } from './read-summary.ts';

export type CampaignFigures = Counts & {
  readonly campaignId: string;
  readonly name: string;
  readonly answerRate: number | null;
  readonly confirmationRate: number | null;
  readonly escalationRate: number | null;
};

type In = { readonly period: Period };

/** Lists that had calls in the period, by UTC days, most calls first. */
export async function readCampaigns(ctx: TenantContext, input: In): Promise<CampaignFigures[]> {
  const { from, to } = daysOf(spanOf(input.period, ctx.clock.now()));
  const rows = await ctx.db.rows<Record<string, unknown>>(ctx.db.raw(BY_CAMPAIGN, from, to));
  return rows.map((row) => {
    const counts = countsOf(row);
    return {
      ...counts,
      campaignId: String(row.campaignId),
      name: String(row.name ?? ''),
      answerRate: rate(counts.answered, counts.finished),
      confirmationRate: rate(counts.confirmed, counts.answered),
      escalationRate: rate(counts.transferred, counts.answered),
    };
  });
}

const MOST_CAMPAIGNS = 200;
const BY_CAMPAIGN = `SELECT f.*, p.name FROM (
  SELECT tenant_id, campaign_id AS campaignId, ${SUMS} FROM figure_campaign
  WHERE tenant_id = ?1 AND at >= ?2 AND at < ?3 AND campaign_id != '' GROUP BY campaign_id
  HAVING sum(finished) > 0 ORDER BY sum(finished) DESC LIMIT ${MOST_CAMPAIGNS}) f
LEFT JOIN campaign p ON p.tenant_id = f.tenant_id AND p.id = f.campaignId
ORDER BY f.finished DESC, f.campaignId`;

export type OutcomeFigures = {
  /** Null: the call ended without one. */
  readonly outcome: string | null;
  readonly calls: number;
};

/** Finished calls of either direction by outcome, by UTC days, of one list or of all calls. */
export async function readOutcomes(
  ctx: TenantContext,
  input: In & { readonly campaignId?: string | undefined },
): Promise<OutcomeFigures[]> {
  const { from, to } = daysOf(spanOf(input.period, ctx.clock.now()));
  const rows = await ctx.db.rows<{ k: string; n: number }>(
    ctx.db.raw(BY_OUTCOME, from, to, input.campaignId ?? null),
  );
  return rows.map(({ k, n }) => ({ outcome: k === '' ? null : k, calls: n }));
}

const BY_OUTCOME = `SELECT o.key AS k, sum(o.value) AS n
FROM figure_campaign f, json_each(f.outcomes) o
WHERE f.tenant_id = ?1 AND f.at >= ?2 AND f.at < ?3 AND f.kind != 'test'
  AND (?4 IS NULL OR f.campaign_id = ?4)
GROUP BY o.key HAVING sum(o.value) > 0 ORDER BY n DESC, k`;

export type EdgeFigures = ReturnType<typeof readEdgeKey> & {
  /** Each caller counts once, however often he took it. */
  readonly callers: number;
};

/** How many callers took each edge of one version of a script; calls to oneself are left out. */
export async function readEdges(
  ctx: TenantContext,
  input: In & { readonly scriptId: string; readonly version: number },
): Promise<EdgeFigures[]> {
  const { from, to } = daysOf(spanOf(input.period, ctx.clock.now()));
  const rows = await ctx.db.rows<{ k: string; n: number }>(
    ctx.db.raw(BY_EDGE, input.scriptId, input.version, from, to),
  );
  return rows.map(({ k, n }) => ({ ...readEdgeKey(k), callers: n }));
}

const BY_EDGE = `SELECT e.key AS k, sum(e.value) AS n
FROM figure_campaign f, json_each(f.edges) e
WHERE f.tenant_id = ?1 AND f.script_id = ?2 AND f.script_version = ?3 AND f.at >= ?4 AND f.at < ?5
  AND f.kind != 'test'
GROUP BY e.key HAVING sum(e.value) > 0 ORDER BY n DESC, k`;
