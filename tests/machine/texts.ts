import { attempt, enrolment } from '../../src/db/schema/campaign.ts';
import { message } from '../../src/db/schema/message.ts';
import { claimDue } from '../../src/dialing/claim-due.ts';
import type { MessageJob } from '../../src/messaging/jobs.ts';
import { noteSent } from '../../src/messaging/note-sent.ts';
import { openText } from '../../src/messaging/open-text.ts';
import { receiveMessage } from '../../src/messaging/receive-message.ts';
import { sendMessage } from '../../src/messaging/send-message.ts';
import { sweepMessage } from '../../src/messaging/sweep-message.ts';
import { sweepTextAttempt } from '../../src/messaging/sweep-text-attempt.ts';
import { takeMessage, takeSilence } from '../../src/messaging/take-message.ts';
import { FlowCache } from '../../src/scripts/flow-cache.ts';
import { CallbackUrls } from '../../src/telephony/callback-url.ts';
import type { CarrierMessage, MessageCarrier } from '../../src/telephony/messages.ts';
import type { TenantContext } from '../../src/tenants/context.ts';
import { newCampaign } from '../support/campaign.ts';
import type { World } from './world.ts';

export const PEER = '+12125550001';
export const TEXT_SCRIPT = `@channels sms
[start]
Hi {{firstName}}, will you come? Reply 1 for yes.
-> 1, @yes: thanks #confirmed

[thanks]
Thank you.
-> END
`;

/** One tenant's campaign of texts in a world whose steps may be cut off. */
export async function newTextWorld(world: World, ctx: TenantContext) {
  const flows = new FlowCache();
  const made: CarrierMessage[] = [];
  let isReplyLost = false;
  const carrier: MessageCarrier = {
    createMessage: async ({ to, from, body }) => {
      const sid = `SM${String(made.length + 1).padStart(32, '0')}`;
      const row = { to, from, body, direction: 'outbound-api', errorCode: null };
      made.push({ ...row, sid, status: 'queued', createdAt: world.now });
      if (!isReplyLost) return { kind: 'accepted', sid, status: 'queued' };
      isReplyLost = false;
      return { kind: 'unknown', reason: 'HTTP 500' };
    },
    listMessages: async () => made,
  };
  const jobs: MessageJob[] = [];
  const queue = {
    send: async (job: MessageJob) => jobs.push(job),
    sendBatch: async (batch: Iterable<{ readonly body: MessageJob }>) => {
      for (const { body } of batch) jobs.push(body);
    },
  };
  const take = { queue, flows, cancels: world.cancelQueue, inboundScript: async () => null };
  const send = {
    ...{ carrier, urls: new CallbackUrls('https://voice.test'), cancels: world.cancelQueue },
    pauseCampaign: async () => undefined,
  };
  const run = async (job: MessageJob): Promise<unknown> => {
    if (job.type === 'open') return openText(ctx, take, job.attemptId);
    if (job.type === 'send') return sendMessage(ctx, send, job.messageId);
    if (job.type === 'silence') return takeSilence(ctx, take, job.threadId);
    return takeMessage(ctx, take, job.messageId);
  };
  const own = { numbers: [PEER], channel: 'sms', script: TEXT_SCRIPT } as const;
  const { id: campaignId } = await newCampaign(ctx, own);
  return {
    ...{ made, jobs, campaignId },
    loseNextReply: () => {
      isReplyLost = true;
    },
    claim: async () => {
      const { jobs: claimed } = await claimDue(ctx, { campaignId, channel: 'sms', limit: 10 });
      for (const { tenantId, callId } of claimed) {
        jobs.push({ tenantId, type: 'open', attemptId: callId });
      }
    },
    work: async () => {
      for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) await run(job);
    },
    /** What cron does once leases are over. */
    sweep: async () => {
      const deps = { carrier: async () => carrier };
      for (const { id, leaseUntil } of await ctx.db.find(message)) {
        if (leaseUntil === null || leaseUntil > world.now) continue;
        const job = await sweepMessage(ctx, deps, id);
        if (job !== null) jobs.push(job);
      }
      for (const { id, state, leaseUntil } of await ctx.db.find(attempt)) {
        if (state === 'ended' || leaseUntil > world.now) continue;
        const job = await sweepTextAttempt(ctx, deps, id);
        if (job !== null) jobs.push(job);
      }
    },
    /** The carrier tells of every text that it has, by the name in its callback's address. */
    deliver: async () => {
      for (const { sid, body } of made) {
        const rows = await ctx.db.find(message);
        const told =
          rows.find(({ twilioSid }) => twilioSid === sid) ??
          rows.find((row) => row.twilioSid === null && row.body === body);
        if (told !== undefined) await noteSent(ctx, told, { sid, status: 'delivered' });
      }
    },
    receive: (body: string) =>
      receiveMessage(
        ctx,
        { queue, cancels: world.cancelQueue },
        ...[{ sid: `SM${'f'.repeat(32)}`, from: PEER, to: '+12125550199', body, optOutType: '' }],
      ),
    contact: async () => (await ctx.db.find(enrolment))[0],
  };
}
