import type { RunningCampaign } from '../../src/db/platform-db.ts';
import { claimDue } from '../../src/dialing/claim-due.ts';
import { mostWaiting } from '../../src/dialing/claim-fairly.ts';
import { SEGMENTS_A_SECOND } from '../../src/messaging/jobs.ts';
import type { TenantContext } from '../../src/tenants/context.ts';
import type { VoiceEnv } from './env.ts';

/** Most messages one sendBatch takes. */
const QUEUE_BATCH = 100;

/** Claims the contacts that a campaign's senders can write to until the next tick, and little more. */
export async function claimTexts(
  ctx: TenantContext,
  env: Pick<VoiceEnv, 'MESSAGES'>,
  own: RunningCampaign,
  aheadSeconds: number,
): Promise<void> {
  const paced = own.senders * SEGMENTS_A_SECOND * aheadSeconds;
  const limit = Math.min(paced, mostWaiting({ ...own, maxConcurrentCalls: null }, aheadSeconds));
  const { campaignId, channel } = own;
  const { jobs } = await claimDue(ctx, { campaignId, channel, limit });
  for (let i = 0; i < jobs.length; i += QUEUE_BATCH) {
    await env.MESSAGES.sendBatch(
      jobs.slice(i, i + QUEUE_BATCH).map(({ tenantId, callId }) => ({
        body: { tenantId, type: 'open', attemptId: callId } as const,
      })),
    );
  }
}
