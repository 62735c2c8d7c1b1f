import type { CampaignState } from '../db/schema/campaign.ts';
import { type CancelQueue, markForCancel, sendCancels } from '../dialing/cancel-calls.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import { type CampaignRow, findCampaign } from './find-campaign.ts';

/** Which states a person's wish may start from. */
const FROM: Readonly<Record<'running' | 'paused' | 'stopped', readonly CampaignState[]>> = {
  running: ['draft', 'scheduled', 'paused', 'running'],
  paused: ['running', 'paused'],
  stopped: ['draft', 'scheduled', 'running', 'paused', 'stopped'],
};

/**
 * Launches or resumes (`running`), pauses or stops a campaign; wishing the same twice is no fault.
 * Pausing and stopping take back the calls that nobody has answered yet.
 */
export async function setCampaignState(
  ctx: TenantContext,
  queue: CancelQueue,
  input: {
    readonly campaignId: string;
    readonly state: keyof typeof FROM;
    readonly reason?: string;
    /** Only from these, where not every state will do. */
    readonly from?: readonly CampaignState[];
  },
): Promise<{ readonly state: CampaignState }> {
  const own = await findCampaign(ctx, input.campaignId);
  const allowed = input.from ?? FROM[input.state];
  if (!allowed.includes(own.state)) throw cannotBecome(own, input.state);
  const now = ctx.clock.now();
  const from = JSON.stringify(allowed);
  const [changed = [], marked = []] = await ctx.db.batch([
    ctx.db.raw(SET_STATE, own.id, input.state, input.reason ?? null, now, from),
    ...(input.state === 'running'
      ? []
      : [markForCancel(ctx.db, { campaignId: own.id }, CANCEL_REASON[input.state], now)]),
  ]);
  if (changed.length === 0) throw cannotBecome(await findCampaign(ctx, own.id), input.state);
  await sendCancels(queue, ctx.tenant.id, marked);
  return { state: input.state };
}

const CANCEL_REASON = { paused: 'campaign_paused', stopped: 'campaign_stopped' } as const;

const SET_STATE = `UPDATE campaign SET state = ?3, paused_reason = ?4,
  launched_at = CASE WHEN ?3 = 'running' THEN coalesce(launched_at, ?5) ELSE launched_at END,
  prime_lease_until = CASE WHEN ?3 = 'stopped' THEN NULL ELSE prime_lease_until END,
  resumed_at = CASE WHEN ?3 = 'running' AND state != 'running' THEN ?5 ELSE resumed_at END
WHERE tenant_id = ?1 AND id = ?2 AND state IN (SELECT value FROM json_each(?6)) RETURNING id`;

function cannotBecome(own: CampaignRow, state: CampaignState): DestinyError {
  return new DestinyError(
    'conflict',
    `The campaign "${own.name}" is ${own.state}, so it cannot become ${state}.`,
  );
}
