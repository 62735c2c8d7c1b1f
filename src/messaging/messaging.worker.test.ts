import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { AUTH_TOKEN, newTenant, testCancels } from '../../tests/support/tenant.ts';
import { upsertContacts } from '../contacts/upsert-contacts.ts';
import { suppression } from '../db/schema/contact.ts';
import { message, thread } from '../db/schema/message.ts';
import { FlowCache } from '../scripts/flow-cache.ts';
import { publishScript } from '../scripts/publish-script.ts';
import { saveScript } from '../scripts/save-script.ts';
import { CallbackUrls } from '../telephony/callback-url.ts';
import { TwilioMessages } from '../telephony/twilio-messages.ts';
import { type MessageJob, UNKNOWN_GRACE_MS } from './jobs.ts';
import { noteSent } from './note-sent.ts';
import { openText } from './open-text.ts';
import { placeMessage } from './place-message.ts';
import { receiveMessage } from './receive-message.ts';
import { sendMessage } from './send-message.ts';
import { sweepMessage } from './sweep-message.ts';
import { takeMessage, takeSilence } from './take-message.ts';

const OWN = '+12125550199';
const PEER = '+14155550123';
const SCRIPT = `@channels voice, sms
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

const sid = (n: number) => `SM${n.toString(16).padStart(32, '0')}`;

/** One tenant's texts with a carrier that answers as it is told. */
async function desk() {
  const ctx = await newTenant();
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
  return {
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

test('their first word opens the script, and the talk goes to its outcome', async () => {
  const own = await desk();
  const fields = { firstName: 'Maria' };
  await upsertContacts(own.ctx, [{ externalId: 'm', number: PEER, fields }]);
  await own.write('hi');
  expect(own.bodies()).toEqual(['Hello Maria, can you come tomorrow? Answer yes or no.']);
  await own.write('no, sorry');
  await own.write('YES');
  expect(own.bodies().slice(1)).toEqual(['A pity. Shall we call you?']);
  expect(await own.thread()).toMatchObject({ outcome: 'call_me', waitsUntil: null });
  const types = (await own.events()).map(({ type }) => type);
  expect(types.filter((type) => type === 'sms.sent')).toHaveLength(2);
  expect(types).toEqual(expect.arrayContaining(['flow.enter', 'flow.match', 'flow.outcome']));
  // YES never lifts anything, and nobody was suppressed.
  expect(await own.ctx.db.find(suppression)).toEqual([]);
});

test('a webhook that is told twice is one text, answered once', async () => {
  const own = await desk();
  await own.receive('hi', { sid: sid(7) });
  await own.receive('hi', { sid: sid(7) });
  await own.work();
  expect(own.posts).toHaveLength(1);
  expect(await own.ctx.db.find(message, eq(message.direction, 'inbound'))).toHaveLength(1);
});

test('STOP suppresses before its webhook is answered, ends the talk, and is never answered', async () => {
  const own = await desk();
  await own.write('hi');
  expect(await own.receive('Stop')).toBe('stop');
  expect(await own.ctx.db.find(suppression)).toMatchObject([{ e164: PEER, reason: 'sms_stop' }]);
  await own.work();
  expect(own.posts).toHaveLength(1);
  expect(await own.thread()).toMatchObject({ outcome: 'opted_out', flowState: null });
  await expect(own.place()).rejects.toThrow(/asked not to be contacted/);
});

test('what was queued before a STOP is not sent after it', async () => {
  const own = await desk();
  await own.place();
  await own.receive('STOP');
  await own.work();
  expect(own.posts).toEqual([]);
  const [queued] = await own.ctx.db.find(message, eq(message.purpose, 'single'));
  expect(queued).toMatchObject({ state: 'canceled', errorCode: 'suppressed' });
});

test('START lifts what a STOP did and nothing else; YES lifts nothing', async () => {
  const own = await desk();
  await own.receive('STOP');
  await own.receive('YES');
  expect(await own.ctx.db.find(suppression)).toHaveLength(1);
  await own.receive('START');
  expect(await own.ctx.db.find(suppression)).toEqual([]);
  await own.ctx.db.run(
    own.ctx.db.insert(suppression, { e164: PEER, reason: 'manual', createdAt: 1 }),
  );
  await own.receive('START');
  expect(await own.ctx.db.find(suppression)).toMatchObject([{ reason: 'manual' }]);
});

test('a wish in their own words suppresses too, and is confirmed once', async () => {
  const own = await desk();
  await own.write('please stop texting me');
  expect(own.bodies()).toEqual(['You will not hear from us again.']);
  expect(await own.ctx.db.find(suppression)).toMatchObject([{ reason: 'caller_request' }]);
  await own.write('hello?');
  expect(own.posts).toHaveLength(1);
});

test('a day of silence is an answer, and nobody is asked again', async () => {
  const own = await desk();
  await own.write('hi');
  await own.write('no');
  const before = await own.thread();
  await own.ctx.clock.sleep(86_400_001);
  own.jobs.push({ tenantId: own.ctx.tenant.id, type: 'silence', threadId: before?.id ?? '' });
  await own.work();
  expect(await own.thread()).toMatchObject({ outcome: 'no_response', waitsUntil: null });
  expect(own.posts).toHaveLength(2);
});

test('a POST without an answer is never repeated: a listing that shows it ends the doubt', async () => {
  const own = await desk();
  own.twilio.create = () => new Response('oops', { status: 500 });
  const { id } = await own.place();
  await own.work();
  expect(await own.ctx.db.find(message)).toMatchObject([{ state: 'unknown' }]);
  const listed = {
    ...{ sid: sid(9), to: PEER, from: OWN, body: 'Your table is ready.', status: 'delivered' },
    ...{ date_created: new Date(own.ctx.clock.now()).toUTCString(), error_code: null },
  };
  own.twilio.list = () => Response.json({ messages: [listed] });
  expect(await sweepMessage(own.ctx, { carrier: async () => own.carrier }, id)).toBeNull();
  expect(await own.ctx.db.find(message)).toMatchObject([{ state: 'delivered', twilioSid: sid(9) }]);
  expect(own.posts).toHaveLength(1);
});

test('one that no listing shows, long after, was never sent and is sent now', async () => {
  const own = await desk();
  own.twilio.create = () => new Response('oops', { status: 500 });
  const { id } = await own.place();
  await own.work();
  expect(await sweepMessage(own.ctx, { carrier: async () => own.carrier }, id)).toBeNull();
  await own.ctx.clock.sleep(UNKNOWN_GRACE_MS);
  const job = await sweepMessage(own.ctx, { carrier: async () => own.carrier }, id);
  expect(job).toMatchObject({ type: 'send', messageId: id });
});

test('statuses come in any order and only move forward', async () => {
  const own = await desk();
  await own.place();
  await own.work();
  for (const status of ['delivered', 'sent', 'queued'] as const) {
    const [row] = await own.ctx.db.find(message);
    if (row !== undefined) await noteSent(own.ctx, row, { sid: sid(1), status });
  }
  expect(await own.ctx.db.find(message)).toMatchObject([{ state: 'delivered' }]);
});

test.each([
  [21610, 'failed', [{ e164: PEER, reason: 'carrier' }]],
  [21614, 'failed', []],
])('error %i fails the text', async (code, state, suppressed) => {
  const own = await desk();
  own.twilio.create = () => Response.json({ code, message: 'no' }, { status: 400 });
  await own.place();
  await own.work();
  expect(await own.ctx.db.find(message)).toMatchObject([{ state, errorCode: String(code) }]);
  expect(await own.ctx.db.find(suppression)).toMatchObject(suppressed);
});

test('too many requests at once: it waits, and goes later', async () => {
  const own = await desk();
  own.twilio.create = () => Response.json({ code: 20429, message: 'slow' }, { status: 429 });
  await own.place();
  await own.work();
  expect(await own.ctx.db.find(message)).toMatchObject([{ state: 'waiting' }]);
});
