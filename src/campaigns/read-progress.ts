import type { CampaignState } from '../db/schema/campaign.ts';
import { withinOuterBound } from '../dialing/window.ts';
import type { FlowCache } from '../scripts/flow-cache.ts';
import type { TenantContext } from '../tenants/context.ts';
import { estimateFinish, type FinishEstimate } from './estimate-finish.ts';
import { type CampaignRow, findCampaign } from './find-campaign.ts';

export type CampaignProgress = {
  /** As it was set up. */
  readonly campaign: CampaignRow;
  readonly state: CampaignState;
  readonly pausedReason: string | null;
  readonly primeError: string | null;
  readonly isPrimed: boolean;
  readonly clips: number;
  /** Contacts by the state they are in. */
  readonly contacts: Readonly<Record<string, number>>;
  /** Calls by status and, for those that ended, by outcome. */
  readonly calls: Readonly<Record<string, number>>;
  readonly outcomes: Readonly<Record<string, number>>;
  /** When everybody left has been tried once more; null when nobody is left. */
  readonly finish: FinishEstimate;
};

export type ProgressDeps = {
  readonly flows: FlowCache;
  readonly account: () => Promise<{
    readonly callsPerSecond: number;
    readonly maxConcurrentCalls: number;
  }>;
  readonly speechRequestsPerMinute: number;
};

/** Before the first calls have ended. */
const USUAL_CALL_SECONDS = 45;

/** Where a campaign stands now. */
export async function readProgress(
  ctx: TenantContext,
  deps: ProgressDeps,
  input: { readonly campaignId: string },
): Promise<CampaignProgress> {
  const own = await findCampaign(ctx, input.campaignId);
  const [contacts = [], calls = [], outcomes = [], clips = [], lengths = []] = await ctx.db.batch([
    ctx.db.raw(CONTACTS, own.id),
    ctx.db.raw(CALLS, own.id),
    ctx.db.raw(OUTCOMES, own.id),
    ctx.db.raw('SELECT count(*) AS n FROM clip WHERE tenant_id = ?1'),
    ctx.db.raw(MEAN_SECONDS, own.id),
  ]);
  return {
    campaign: own,
    state: own.state,
    pausedReason: own.pausedReason,
    primeError: own.primeError,
    isPrimed: own.isPrimed,
    clips: Number(clips[0]?.n ?? 0),
    contacts: counts(contacts),
    finish: await finishOf(ctx, deps, own, counts(contacts), Number(lengths[0]?.seconds ?? 0)),
    calls: counts(calls),
    outcomes: counts(outcomes),
  };
}

async function finishOf(
  ctx: TenantContext,
  deps: ProgressDeps,
  own: CampaignRow,
  contacts: Readonly<Record<string, number>>,
  meanSeconds: number,
): Promise<FinishEstimate> {
  const [account, { plan }] = await Promise.all([
    deps.account(),
    deps.flows.get(ctx.db, own.scriptId, own.scriptVersion),
  ]);
  const { pending = 0, due = 0, active = 0 } = contacts;
  const perContact = plan.sentences.filter(({ kind }) => kind === 'dynamic').length;
  const window = withinOuterBound(own, ctx.tenant.isOuterWindowLifted);
  return estimateFinish({
    now: ctx.clock.now(),
    contacts: pending + due + active,
    callsPerSecond: account.callsPerSecond,
    maxConcurrentCalls: account.maxConcurrentCalls,
    meanCallSeconds: meanSeconds === 0 ? USUAL_CALL_SECONDS : meanSeconds,
    sentencesLeft: pending * perContact,
    sentencesPerMinute: deps.speechRequestsPerMinute,
    timeZone: own.timeZone,
    window: window ?? { opensMinute: 0, closesMinute: 0 },
  });
}

function counts(rows: readonly Record<string, unknown>[]): Record<string, number> {
  return Object.fromEntries(rows.map((row) => [String(row.name), Number(row.n)]));
}

const CONTACTS = `SELECT state AS name, count(*) AS n FROM enrolment
WHERE tenant_id = ?1 AND campaign_id = ?2 GROUP BY state`;
const CALLS = `SELECT status AS name, count(*) AS n FROM call
WHERE tenant_id = ?1 AND campaign_id = ?2 GROUP BY status`;
/** Of the last calls that ended, ringing included. */
const MEAN_SECONDS = `SELECT avg(ended_at - created_at) / 1000 AS seconds FROM (
  SELECT ended_at, created_at FROM call
  WHERE tenant_id = ?1 AND campaign_id = ?2 AND ended_at IS NOT NULL AND twilio_sid IS NOT NULL
  ORDER BY ended_at DESC LIMIT 200)`;
const OUTCOMES = `SELECT outcome AS name, count(*) AS n FROM call
WHERE tenant_id = ?1 AND campaign_id = ?2 AND outcome IS NOT NULL GROUP BY outcome`;
