import { eq } from 'drizzle-orm';
import type { LedgerReport } from '../../src/calls/session-types.ts';
import { call } from '../../src/db/schema/call.ts';
import { attempt } from '../../src/db/schema/campaign.ts';
import { claimDue } from '../../src/dialing/claim-due.ts';
import { noteAccepted } from '../../src/dialing/note-accepted.ts';
import type { TenantContext } from '../../src/tenants/context.ts';
import { FROM, newCampaign } from './campaign.ts';
import { SID } from './session.ts';

export type PlacedCall = { readonly callId: string; readonly campaignId: string };

/** The next attempt of a campaign, with its call on the way and no session of its own. */
export async function placeCall(ctx: TenantContext, campaignId: string): Promise<PlacedCall> {
  const [job] = (await claimDue(ctx, { campaignId, limit: 1 })).jobs;
  if (job === undefined) throw new Error('No contact of the campaign is due');
  const { callId } = job;
  const own = await ctx.db.findOne(attempt, eq(attempt.id, callId));
  await ctx.db.batch([
    ctx.db.update(attempt, { state: 'dialing' }, eq(attempt.id, callId)),
    ctx.db.insert(call, {
      id: callId,
      direction: 'outbound',
      campaignId,
      contactId: own?.contactId ?? null,
      scriptId: 'scr_1',
      scriptVersion: 1,
      fromNumber: FROM,
      toNumber: own?.e164 ?? '',
      status: 'queued',
      turns: 0,
      appliedUpTo: 0,
      createdAt: ctx.clock.now(),
    }),
  ]);
  await noteAccepted(ctx, callId, SID);
  return { callId, campaignId };
}

/** A call on its way to the only contact of a new campaign. */
export async function newPlacedCall(
  ctx: TenantContext,
  options: Parameters<typeof newCampaign>[1] = {},
): Promise<PlacedCall> {
  return placeCall(ctx, (await newCampaign(ctx, options)).id);
}

export function ledgerReport(
  ctx: TenantContext,
  callId: string,
  own: Partial<LedgerReport['call']>,
  rest: Partial<LedgerReport> = {},
): LedgerReport {
  return {
    tenantId: ctx.tenant.id,
    callId,
    upTo: 1,
    events: [],
    utterances: [],
    isSuppressed: false,
    recordings: [],
    texts: [],
    inbound: null,
    call: {
      status: 'in-progress',
      twilioSid: SID,
      outcome: null,
      answeredAt: null,
      endedAt: null,
      durationSeconds: null,
      errorCode: null,
      answeredBy: null,
      turns: 0,
      ...own,
    },
    ...rest,
  };
}
