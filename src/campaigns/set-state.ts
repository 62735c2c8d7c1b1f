import { and, eq } from 'drizzle-orm';
import { inList } from '../db/in-list.ts';
import { type CampaignState, campaign } from '../db/schema/campaign.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import { type CampaignRow, findCampaign } from './find-campaign.ts';

/** Which states a person's wish may start from. */
const FROM: Readonly<Record<'running' | 'paused' | 'stopped', readonly CampaignState[]>> = {
  running: ['draft', 'paused', 'running'],
  paused: ['running', 'paused'],
  stopped: ['draft', 'running', 'paused', 'stopped'],
};

/** Launches or resumes (`running`), pauses or stops a campaign; wishing the same twice is no fault. */
export async function setCampaignState(
  ctx: TenantContext,
  input: {
    readonly campaignId: string;
    readonly state: keyof typeof FROM;
    readonly reason?: string;
  },
): Promise<{ readonly state: CampaignState }> {
  const own = await findCampaign(ctx, input.campaignId);
  if (!FROM[input.state].includes(own.state)) throw cannotBecome(own, input.state);
  const changed = await ctx.db.run(
    ctx.db.update(
      campaign,
      {
        state: input.state,
        pausedReason: input.reason ?? null,
        ...(input.state === 'running' && own.launchedAt === null
          ? { launchedAt: ctx.clock.now() }
          : {}),
      },
      and(eq(campaign.id, own.id), inList(campaign.state, FROM[input.state])) ??
        eq(campaign.id, own.id),
    ),
  );
  if (changed === 0) throw cannotBecome(await findCampaign(ctx, own.id), input.state);
  return { state: input.state };
}

function cannotBecome(own: CampaignRow, state: CampaignState): DestinyError {
  return new DestinyError(
    'conflict',
    `The campaign "${own.name}" is ${own.state}, so it cannot become ${state}.`,
  );
}
