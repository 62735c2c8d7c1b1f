import { eq } from 'drizzle-orm';
import { setCampaignState } from '../../../src/campaigns/set-state.ts';
import { FEATURES } from '../../../src/contract/rule.ts';
import { message } from '../../../src/db/schema/message.ts';
import { hasAttempt } from '../../../src/messaging/follow-text.ts';
import { type MessageJob, QUEUE_LEASE_MS } from '../../../src/messaging/jobs.ts';
import { openText } from '../../../src/messaging/open-text.ts';
import { keepWaiting, sendMessage } from '../../../src/messaging/send-message.ts';
import { takeMessage, takeSilence } from '../../../src/messaging/take-message.ts';
import { isOpening, refuseEarly } from '../../../src/messaging/text-gate.ts';
import { steadyObject } from '../../../src/shared/steady-object.ts';
import type { TenantContext } from '../../../src/tenants/context.ts';
import { wakeWebhooks } from '../../../src/webhooks/wake.ts';
import type { VoiceEnv } from '../env.ts';
import { servicesOf, type VoiceServices } from '../services.ts';
import { ackOrRetry } from './settle.ts';

/** Whoever has to wait no longer than this waits here; the rest comes again in its time. */
const WAIT_HERE_MS = 2000;
/** A local queue forgets what it holds back for longer without anything new to do. */
const LONGEST_HOP_SECONDS = 8;
/** Its sender has sent all it may today: cron brings it back when its lease ends. */
const ASIDE_FROM_MS = 3_600_000;
const AGAIN_SECONDS = 5;

/** Sends texts in their sender's pace, and answers those that came in. */
export async function consumeMessages(
  batch: MessageBatch<MessageJob>,
  env: VoiceEnv,
): Promise<void> {
  const services = servicesOf(env);
  await Promise.all(
    batch.messages.map((one) =>
      ackOrRetry(services, [one], async () => {
        const delaySeconds = await work(services, env, one.body);
        if (delaySeconds !== null) await env.MESSAGES.send(one.body, { delaySeconds });
      }),
    ),
  );
}

/** Null when the job is done, else when it is to come again. */
async function work(
  services: VoiceServices,
  env: VoiceEnv,
  job: MessageJob,
): Promise<number | null> {
  const ctx = await services.tenant(job.tenantId);
  if (job.type === 'send') return send(services, env, ctx, job.messageId);
  const deps = {
    queue: env.MESSAGES,
    cancels: services.cancels,
    flows: services.flows,
    inboundScript: (own: string) => inboundScript(services, ctx, own),
  };
  const isDone =
    job.type === 'open'
      ? await openText(ctx, deps, job.attemptId)
      : job.type === 'silence'
        ? await takeSilence(ctx, deps, job.threadId)
        : await takeMessage(ctx, deps, job.messageId);
  await wakeWebhooks(ctx, services.webhooks);
  return isDone ? null : AGAIN_SECONDS;
}

async function send(
  services: VoiceServices,
  env: VoiceEnv,
  ctx: TenantContext,
  messageId: string,
): Promise<number | null> {
  const own = await ctx.db.findOne(message, eq(message.id, messageId));
  if (own === null || own.state !== 'waiting') return null;
  if (hasAttempt(own) && (await isOpening(ctx, own)) && (await refuseEarly(ctx, own))) return null;
  const pacer = steadyObject(() => env.MESSAGE_PACERS.getByName(own.fromNumber), ctx.clock);
  const { delayMs } = await pacer.slot({ messageId, segments: own.segments });
  if (delayMs > ASIDE_FROM_MS) {
    await keepWaiting(ctx, own, delayMs);
    return null;
  }
  if (delayMs > WAIT_HERE_MS) {
    await keepWaiting(ctx, own, delayMs + QUEUE_LEASE_MS);
    return Math.min(Math.ceil(delayMs / 1000), LONGEST_HOP_SECONDS);
  }
  await services.clock.sleep(delayMs);
  const carrier = await services.messages(await services.account(ctx));
  const { urls, cancels } = services;
  const pauseCampaign = async (campaignId: string, reason: string) => {
    services.log('error', 'campaign paused', { tenantId: ctx.tenant.id, campaignId, reason });
    await setCampaignState(ctx, env.CANCEL, { campaignId, state: 'paused', reason });
  };
  const end = await sendMessage(ctx, { carrier, urls, cancels, pauseCampaign }, messageId);
  return end === 'done' ? null : AGAIN_SECONDS;
}

/** Only a plan with inbound answers who was not written to. */
async function inboundScript(
  services: VoiceServices,
  ctx: TenantContext,
  own: string,
): Promise<string | null> {
  if (!FEATURES[ctx.tenant.plan].includes('inbound') || ctx.tenant.state !== 'active') return null;
  const line = await services.directory.line(own);
  return line?.number.inboundScriptId ?? null;
}
