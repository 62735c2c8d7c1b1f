import { withinOuterBound } from '../dialing/window.ts';
import { SEGMENTS_A_SECOND } from '../messaging/jobs.ts';
import type { TenantContext } from '../tenants/context.ts';
import { estimateFinish, type FinishEstimate } from './estimate-finish.ts';
import type { CampaignRow } from './find-campaign.ts';

/** What sets a campaign's pace from outside of it. */
export type PaceDeps = {
  readonly account: () => Promise<{
    readonly callsPerSecond: number;
    readonly maxConcurrentCalls: number;
  }>;
  readonly speechRequestsPerMinute: number;
};

/** Before the first calls have ended. */
const USUAL_CALL_SECONDS = 45;

/** When a campaign with so many people and sentences left has tried everybody once more. */
export async function campaignFinish(
  ctx: TenantContext,
  deps: PaceDeps,
  own: CampaignRow,
  left: {
    readonly contacts: number;
    readonly sentences: number;
    readonly callSeconds: number;
    /** Parts of one text, in a campaign of texts. */
    readonly segments?: number | undefined;
  },
): Promise<FinishEstimate> {
  const account = own.channel === 'sms' ? textPace(own, left.segments) : await deps.account();
  const callsPerSecond = Math.min(account.callsPerSecond, own.maxCallsPerSecond ?? Infinity);
  const maxConcurrentCalls = Math.min(
    account.maxConcurrentCalls,
    own.maxConcurrentCalls ?? Infinity,
  );
  const window = withinOuterBound(own, ctx.tenant.isOuterWindowLifted);
  return estimateFinish({
    now: ctx.clock.now(),
    ...{ contacts: left.contacts, callsPerSecond, maxConcurrentCalls },
    meanCallSeconds: left.callSeconds,
    sentencesLeft: left.sentences,
    sentencesPerMinute: deps.speechRequestsPerMinute,
    timeZone: own.timeZone,
    window: window ?? { opensMinute: 0, closesMinute: 0 },
  });
}

/** A text holds nobody's place; its senders each have a pace. */
function textPace(own: CampaignRow, segments = 1) {
  const parts = (1 + own.callerIds.length) * SEGMENTS_A_SECOND;
  return { callsPerSecond: parts / Math.max(1, segments), maxConcurrentCalls: Infinity };
}

/** From dial to end, of the last calls that ended, ringing included; a usual value before them. */
export async function meanCallSeconds(ctx: TenantContext, campaignId: string): Promise<number> {
  const [row] = await ctx.db.rows<{ seconds: number | null }>(ctx.db.raw(MEAN_SECONDS, campaignId));
  return row?.seconds || USUAL_CALL_SECONDS;
}

const MEAN_SECONDS = `SELECT avg(ended_at - created_at) / 1000 AS seconds FROM (
  SELECT ended_at, created_at FROM call
  WHERE tenant_id = ?1 AND campaign_id = ?2 AND ended_at IS NOT NULL AND twilio_sid IS NOT NULL
  ORDER BY ended_at DESC LIMIT 200)`;
