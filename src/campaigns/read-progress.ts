import type { CampaignState } from '../db/schema/campaign.ts';
import type { FlowCache } from '../scripts/flow-cache.ts';
import type { TenantContext } from '../tenants/context.ts';
import { campaignFinish, meanCallSeconds, type PaceDeps } from './campaign-finish.ts';
import type { FinishEstimate } from './estimate-finish.ts';
import { type CampaignRow, findCampaign } from './find-campaign.ts';

export type CampaignProgress = {
  /** As it was set up. */
  readonly campaign: CampaignRow;
  readonly state: CampaignState;
  readonly pausedReason: string | null;
  readonly primeError: string | null;
  readonly isPrimed: boolean;
  /** Everybody takes part, and not all of them are enrolled yet. */
  readonly isForEverybody: boolean;
  readonly clips: number;
  /** Contacts by the state they are in. */
  readonly contacts: Readonly<Record<string, number>>;
  /** Calls by status and, for those that ended, by outcome; of texts, what became of whom. */
  readonly calls: Readonly<Record<string, number>>;
  readonly outcomes: Readonly<Record<string, number>>;
  /** When everybody left has been tried once more; null when nobody is left. */
  readonly finish: FinishEstimate;
};

export type ProgressDeps = PaceDeps & { readonly flows: FlowCache };

/** Where a campaign stands now. */
export async function readProgress(
  ctx: TenantContext,
  deps: ProgressDeps,
  input: { readonly campaignId: string },
): Promise<CampaignProgress> {
  const own = await findCampaign(ctx, input.campaignId);
  const [contacts = [], calls = [], outcomes = [], clips = []] = await ctx.db.batch([
    ctx.db.raw(CONTACTS, own.id),
    ctx.db.raw(CALLS, own.id),
    ctx.db.raw(own.channel === 'sms' ? TEXT_OUTCOMES : OUTCOMES, own.id),
    ctx.db.raw('SELECT count(*) AS n FROM clip WHERE tenant_id = ?1'),
  ]);
  const byState = counts(contacts);
  const { pending = 0, due = 0, active = 0 } = byState;
  const { plan } = await deps.flows.get(ctx.db, own.scriptId, own.scriptVersion);
  const perContact = plan.sentences.filter(({ kind }) => kind === 'dynamic').length;
  return {
    campaign: own,
    state: own.state,
    pausedReason: own.pausedReason,
    primeError: own.primeError,
    isPrimed: own.isPrimed,
    isForEverybody: own.enrolCursor !== null,
    clips: Number(clips[0]?.n ?? 0),
    contacts: byState,
    finish: await campaignFinish(ctx, deps, own, {
      contacts: pending + due + active,
      sentences: own.channel === 'sms' ? 0 : pending * perContact,
      callSeconds: await meanCallSeconds(ctx, own.id),
    }),
    calls: counts(calls),
    outcomes: counts(outcomes),
  };
}

function counts(rows: readonly Record<string, unknown>[]): Record<string, number> {
  return Object.fromEntries(rows.map((row) => [String(row.name), Number(row.n)]));
}

const CONTACTS = `SELECT state AS name, count(*) AS n FROM enrolment
WHERE tenant_id = ?1 AND campaign_id = ?2 GROUP BY state`;
const CALLS = `SELECT status AS name, count(*) AS n FROM call
WHERE tenant_id = ?1 AND campaign_id = ?2 GROUP BY status`;
const OUTCOMES = `SELECT outcome AS name, count(*) AS n FROM call
WHERE tenant_id = ?1 AND campaign_id = ?2 AND outcome IS NOT NULL GROUP BY outcome`;
const TEXT_OUTCOMES = `SELECT reason AS name, count(*) AS n FROM enrolment
WHERE tenant_id = ?1 AND campaign_id = ?2 AND state IN ('done', 'exhausted', 'skipped')
  AND reason IS NOT NULL GROUP BY reason`;
