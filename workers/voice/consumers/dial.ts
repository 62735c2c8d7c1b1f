import { setCampaignState } from '../../../src/campaigns/set-state.ts';
import type { DialJob } from '../../../src/dialing/claim-due.ts';
import { dialBatch } from '../../../src/dialing/dial-batch.ts';
import { readyAttempts } from '../../../src/dialing/ready-attempts.ts';
import type { VoiceEnv } from '../env.ts';
import { servicesOf, type VoiceServices } from '../services.ts';
import { ackOrRetry } from './settle.ts';

/** Dials the batch, tenants side by side; a message that comes twice finds its attempt taken. */
export async function consumeDial(
  batch: MessageBatch<DialJob>,
  env: VoiceEnv,
  ctx: ExecutionContext,
): Promise<void> {
  const services = servicesOf(env);
  const byTenant = Map.groupBy(batch.messages, (message) => message.body.tenantId);
  await Promise.all(
    [...byTenant].map(([tenantId, messages]) =>
      ackOrRetry(services, messages, () =>
        dialTenant(
          services,
          env,
          ctx,
          tenantId,
          messages.map((message) => message.body.callId),
        ),
      ),
    ),
  );
}

async function dialTenant(
  services: VoiceServices,
  env: VoiceEnv,
  execution: ExecutionContext,
  tenantId: string,
  callIds: readonly string[],
): Promise<void> {
  const ctx = await services.tenant(tenantId);
  const account = await services.account(ctx);
  const session = (callId: string) => services.session(tenantId, callId);
  const ensureSpeech = services.ensureSpeech(ctx);
  await dialBatch(
    ctx,
    {
      account,
      carrier: await services.carrier(account),
      urls: services.urls,
      pacer: services.pacer(account.sid),
      guard: services.startGuard(account.sid),
      session,
      prepare: (ids) =>
        readyAttempts(ctx, { flows: services.flows, ensureSpeech, account, session }, ids),
      background: (work) => execution.waitUntil(work),
      log: services.log,
      dialLater: async (jobs, delaySeconds) => {
        await env.DIAL.sendBatch(jobs.map((body) => ({ body, delaySeconds })));
      },
      pauseCampaign: async (campaignId, reason) => {
        services.log('error', 'campaign paused', { tenantId, campaignId, reason });
        await setCampaignState(ctx, env.CANCEL, { campaignId, state: 'paused', reason });
      },
    },
    callIds,
  );
}
