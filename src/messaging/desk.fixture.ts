import { eq } from 'drizzle-orm';
import { AUTH_TOKEN, manualClock, newTenant, testCancels } from '../../tests/support/tenant.ts';
import { enrolment } from '../db/schema/campaign.ts';
import { message, thread } from '../db/schema/message.ts';
import { claimDue } from '../dialing/claim-due.ts';
import { FlowCache } from '../scripts/flow-cache.ts';
import { publishScript } from '../scripts/publish-script.ts';
import { saveScript } from '../scripts/save-script.ts';
import { CallbackUrls } from '../telephony/callback-url.ts';
import type { MessageStatus } from '../telephony/message-status.ts';
import { TwilioMessages } from '../telephony/twilio-messages.ts';
import type { MessageJob } from './jobs.ts';
import { noteSent } from './note-sent.ts';
import { openText } from './open-text.ts';
import { placeMessage } from './place-message.ts';
import { receiveMessage } from './receive-message.ts';
import { sendMessage } from './send-message.ts';
import { takeMessage, takeSilence } from './take-message.ts';

export const OWN = '+12125550199';
export const PEER = '+14155550123';
export const SCRIPT = `@channels voice, sms
[start]
Hello {{firstName|"there"}}, can you come tomorrow? Answer yes or no.
-> 1, @yes: END #confirmed
-> 2, @no: sorry
-> @stop: END #opted_out

[sorry]
A pity. Shall we call you?
-> @yes: END #call_me
-> no-input: END #no_response
`;

export const sid = (n: number) => `SM${n.toString(16).padStart(32, '0')}`;

/** One tenant's texts with a carrier that answers as it is told. */
export async function newDesk(clock = manualClock()) {
  const ctx = await newTenant({ clock });
  const jobs: MessageJob[] = [];
  const queue = {
    send: async (job: MessageJob) => jobs.push(job),
    sendBatch: async (batch: Iterable<{ body: MessageJob }>) => {
      for (const { body } of batch) jobs.push(body);
    },
  };
  const posts: URLSearchParams[] = [];
  const twilio = {
    create: (): Response =>
      Response.json({ sid: sid(posts.length), status: 'queued' }, { status: 201 }),
    list: (): Response => Response.json({ messages: [] }),
  };
  const carrier = new TwilioMessages({
    accountSid: ctx.tenant.carrierAccountSid,
    authToken: AUTH_TOKEN,
    baseUrl: 'https://twilio.test',
    fetch: async (request) => {
      if (request.method === 'GET') return twilio.list();
      posts.push(new URLSearchParams(new TextDecoder().decode(await request.arrayBuffer())));
      return twilio.create();
    },
  });
  const { id: scriptId } = await saveScript(ctx, { name: 'Texts', content: SCRIPT });
  await publishScript(ctx, { scriptId });
  const urls = new CallbackUrls('https://voice.test');
  const take = {
    ...{ queue, cancels: testCancels, flows: new FlowCache() },
    inboundScript: async () => scriptId,
  };
  const paused: string[] = [];
  const pauseCampaign = async (id: string) => void paused.push(id);
  const send = { carrier, urls, cancels: testCancels, pauseCampaign };
  const work = async (): Promise<void> => {
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
      if (job.type === 'send') {
        await sendMessage(ctx, send, job.messageId);
      } else if (job.type === 'open') await openText(ctx, take, job.attemptId);
      else if (job.type === 'silence') await takeSilence(ctx, take, job.threadId);
      else await takeMessage(ctx, take, job.messageId);
    }
  };
  let texts = 1000;
  const receive = (body: string, rest: { sid?: string; optOutType?: string } = {}) =>
    receiveMessage(
      ctx,
      { queue, cancels: testCancels },
      { sid: sid(texts++), from: PEER, to: OWN, body, optOutType: '', ...rest },
    );
  const write = async (body: string) => {
    await receive(body);
    await work();
  };
  const place = (body = 'Your table is ready.') =>
    placeMessage(
      ctx,
      { queue, tenantOfNumber: async () => ctx.tenant.id },
      { to: PEER, fromNumber: OWN, body },
    );
  const claim = async (campaignId: string) => {
    const claimed = await claimDue(ctx, { campaignId, channel: 'sms', limit: 90 });
    for (const { tenantId, callId } of claimed.jobs) {
      jobs.push({ tenantId, type: 'open', attemptId: callId });
    }
    return claimed.jobs.map(({ callId }) => callId);
  };
  /** What Twilio tells of the newest text that it has. */
  const told = async (status: MessageStatus, errorCode: string | null = null) => {
    const sent = await ctx.db.find(message, eq(message.direction, 'outbound'));
    const own = sent.filter(({ twilioSid }) => twilioSid !== null).at(-1);
    if (own === undefined) throw new Error('Twilio has no text');
    await noteSent(ctx, own, { sid: own.twilioSid ?? '', status, errorCode });
  };
  return {
    ...{ claim, told, paused },
    enrolment: async () => (await ctx.db.find(enrolment))[0],
    ...{ ctx, jobs, queue, posts, twilio, carrier, work, write, receive, place, take },
    bodies: () => posts.map((form) => form.get('Body')),
    thread: async () => (await ctx.db.find(thread))[0],
    events: async () => {
      const own = (await ctx.db.find(thread))[0];
      const now = ctx.clock.now();
      return ctx.events.read(own?.conversation ?? '', now - 86_400_000 * 3, now + 1000);
    },
  };
}
