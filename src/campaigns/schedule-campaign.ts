import type { CancelQueue } from '../dialing/cancel-calls.ts';
import { instantOf } from '../dialing/wall-time.ts';
import { isTimeZone } from '../dialing/window.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import { findCampaign } from './find-campaign.ts';
import { type PrimeJob, requestSpeech } from './request-speech.ts';
import { setCampaignState } from './set-state.ts';

type Prime = { send(job: PrimeJob): Promise<unknown> };

/**
 * Cron launches the draft at this local time; the instant is settled now. Its speech is made at
 * once, so that the first calls need not wait for it.
 */
export async function scheduleCampaign(
  ctx: TenantContext,
  prime: Prime,
  input: {
    readonly campaignId: string;
    readonly at: string;
    readonly timeZone?: string | undefined;
  },
): Promise<{ readonly state: 'scheduled'; readonly scheduledAt: number }> {
  const own = await findCampaign(ctx, input.campaignId);
  const timeZone = input.timeZone ?? own.timeZone;
  if (!isTimeZone(timeZone)) {
    throw new DestinyError('invalid_input', `"${timeZone}" is not a time zone.`);
  }
  const scheduledAt = instantOf(input.at, timeZone);
  if (scheduledAt === null) {
    throw new DestinyError(
      'invalid_input',
      `"${input.at}" is not a local time; write it like 2026-05-14T09:00.`,
    );
  }
  if (scheduledAt <= ctx.clock.now()) {
    throw new DestinyError('invalid_input', `${input.at} in ${timeZone} is past; launch it now.`);
  }
  const changed = await ctx.db.run(ctx.db.raw(SCHEDULE, own.id, scheduledAt));
  if (changed === 0) {
    throw new DestinyError(
      'conflict',
      `The campaign "${own.name}" is ${own.state}; only a draft can be scheduled.`,
    );
  }
  await requestSpeech(ctx, prime, own.id);
  return { state: 'scheduled', scheduledAt };
}

/** Back to a draft; wishing it twice is no fault. */
export async function unscheduleCampaign(
  ctx: TenantContext,
  campaignId: string,
): Promise<{ readonly state: 'draft' }> {
  const own = await findCampaign(ctx, campaignId);
  const changed = await ctx.db.run(ctx.db.raw(UNSCHEDULE, own.id));
  if (changed > 0) return { state: 'draft' };
  throw new DestinyError('conflict', `The campaign "${own.name}" has begun already.`);
}

/** What launching by hand does, if nobody has taken the schedule back in the meantime. */
export async function launchScheduled(
  ctx: TenantContext,
  queues: { readonly cancel: CancelQueue; readonly prime: Prime },
  campaignId: string,
): Promise<void> {
  const from = ['scheduled'] as const;
  await setCampaignState(ctx, queues.cancel, { campaignId, state: 'running', from });
  await requestSpeech(ctx, queues.prime, campaignId);
}

const SCHEDULE = `UPDATE campaign SET state = 'scheduled', scheduled_at = ?3
WHERE tenant_id = ?1 AND id = ?2 AND state IN ('draft', 'scheduled')`;

const UNSCHEDULE = `UPDATE campaign SET state = 'draft', scheduled_at = NULL
WHERE tenant_id = ?1 AND id = ?2 AND state IN ('draft', 'scheduled')`;
