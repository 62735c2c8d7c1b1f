import { eq } from 'drizzle-orm';
import { call } from '../../src/db/schema/call.ts';
import { attempt, campaign, enrolment } from '../../src/db/schema/campaign.ts';
import { suppression } from '../../src/db/schema/contact.ts';
import type { TenantContext } from '../../src/tenants/context.ts';
import { newCampaign } from './campaign.ts';
import { newDialler } from './dialing.ts';
import { manualClock, newTenant } from './tenant.ts';

export const NUMBER = '+12125550001';
export const numbers = (count: number) =>
  Array.from({ length: count }, (_, i) => `+1212555${String(i + 1).padStart(4, '0')}`);

/** One claimed attempt and all that may dial it. */
export async function oneClaimed(
  options: {
    readonly tenant?: Parameters<typeof newTenant>[0];
    readonly campaign?: Parameters<typeof newCampaign>[1];
    readonly maxConcurrentCalls?: number;
  } = {},
) {
  const clock = manualClock();
  const ctx = await newTenant({ clock, ...options.tenant });
  const own = await newCampaign(ctx, options.campaign);
  const { maxConcurrentCalls = 100 } = options;
  const dialler = await newDialler(ctx, { maxConcurrentCalls });
  const [callId = ''] = await dialler.claim(own.id);
  return { ctx, clock, campaignId: own.id, callId, ...dialler };
}

export const attemptOf = (ctx: TenantContext, id: string) =>
  ctx.db.findOne(attempt, eq(attempt.id, id));
export const callOf = (ctx: TenantContext, id: string) => ctx.db.findOne(call, eq(call.id, id));
export const campaignOf = (ctx: TenantContext, id: string) =>
  ctx.db.findOne(campaign, eq(campaign.id, id));

export async function contactOf(ctx: TenantContext) {
  const [row] = await ctx.db.find(enrolment);
  return row;
}

export const suppress = (ctx: TenantContext) =>
  ctx.db.run(
    ctx.db.insert(suppression, { e164: NUMBER, reason: 'manual', createdAt: ctx.clock.now() }),
  );
