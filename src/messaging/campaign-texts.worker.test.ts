import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { newCampaign } from '../../tests/support/campaign.ts';
import { manualClock, NOON } from '../../tests/support/tenant.ts';
import { setCampaignState } from '../campaigns/set-state.ts';
import { attempt, campaign, dialDay } from '../db/schema/campaign.ts';
import { suppression } from '../db/schema/contact.ts';
import { message } from '../db/schema/message.ts';
import { finishIfDone } from '../dialing/finish-campaign.ts';
import { newDesk, OWN, PEER, SCRIPT, sid } from './desk.fixture.ts';
import { NO_RECEIPT_MS, UNKNOWN_GRACE_MS } from './jobs.ts';
import { openText } from './open-text.ts';
import { sweepMessage } from './sweep-message.ts';
import { sweepTextAttempt } from './sweep-text-attempt.ts';
import { refuseEarly } from './text-gate.ts';

const OPENING = 'Hello Maria, can you come tomorrow? Answer yes or no.';
const HOUR_MS = 3_600_000;
/** One in the afternoon where the person is. */
const DAYTIME = NOON + 6 * HOUR_MS;

/** A running campaign of texts with one person who is due. */
async function textDesk(
  options: Partial<Parameters<typeof newCampaign>[1]> = {},
  clock = manualClock(DAYTIME),
) {
  const own = await newDesk(clock);
  const given = { numbers: [PEER], channel: 'sms', script: SCRIPT, ...options } as const;
  const { id } = await newCampaign(own.ctx, given);
  const start = async () => {
    const [attemptId = ''] = await own.claim(id);
    await own.work();
    return attemptId;
  };
  const sweep = { carrier: async () => own.carrier };
  return {
    ...{ ...own, campaignId: id, start, clock },
    sweepAttempt: (attemptId: string) => sweepTextAttempt(own.ctx, sweep, attemptId),
    sweepText: async () => {
      const [text] = await own.ctx.db.find(message);
      return sweepMessage(own.ctx, sweep, text?.id ?? '');
    },
    attempt: async (attemptId: string) =>
      (await own.ctx.db.find(attempt, eq(attempt.id, attemptId)))[0],
    campaign: async () => (await own.ctx.db.find(campaign, eq(campaign.id, id)))[0],
    setState: (state: 'running' | 'paused' | 'stopped') =>
      setCampaignState(own.ctx, own.take.cancels, { campaignId: id, state }),
  };
}

test('the opening is sent once, arrives, is answered, and the talk goes to its outcome', async () => {
  const own = await textDesk();
  const attemptId = await own.start();
  expect(own.bodies()).toEqual([OPENING]);
  expect(own.posts[0]?.get('From')).toBe(OWN);
  expect(await own.attempt(attemptId)).toMatchObject({ state: 'accepted', twilioSid: sid(1) });
  await own.told('delivered');
  await own.told('delivered');
  expect(await own.enrolment()).toMatchObject({ state: 'done', reason: 'delivered', attempts: 1 });
  await own.write('no');
  expect(await own.enrolment()).toMatchObject({ state: 'done', reason: 'answered' });
  await own.write('yes');
  expect(await own.enrolment()).toMatchObject({ state: 'done', reason: 'call_me' });
  expect(own.posts).toHaveLength(2);
  const types = (await own.events()).map(({ type }) => type);
  expect(types).toEqual(expect.arrayContaining(['call.queued', 'vars.snapshot', 'sms.sent']));
  expect(await own.ctx.db.find(dialDay)).toMatchObject([{ attempts: 1, spentMicros: 13_000 }]);
  expect(await finishIfDone(own.ctx, own.campaignId)).toBe(true);
});

test('who answers before the network says that it arrived is not forgotten', async () => {
  const own = await textDesk();
  await own.start();
  await own.write('yes');
  expect(await own.enrolment()).toMatchObject({ state: 'active' });
  await own.told('delivered');
  expect(await own.enrolment()).toMatchObject({ state: 'done', reason: 'confirmed' });
});

test.each([
  ['30003', 'due', 2],
  ['30005', 'skipped', 1],
  ['30007', 'skipped', 1],
])(
  'a text that does not arrive because of %s leaves the contact %s',
  async (code, state, posts) => {
    const own = await textDesk();
    const attemptId = await own.start();
    await own.told('undelivered', code);
    expect(await own.enrolment()).toMatchObject({ state, reason: code });
    expect(await own.attempt(attemptId)).toMatchObject({ state: 'ended', costMicros: 13_000 });
    expect(await own.thread()).toMatchObject({ flowState: null });
    own.clock.advance(601_000);
    await own.start();
    expect(own.posts).toHaveLength(posts);
  },
);

test('retries are used up', async () => {
  const own = await textDesk({ retrySeconds: [] });
  await own.start();
  await own.told('undelivered', '30003');
  expect(await own.enrolment()).toMatchObject({ state: 'exhausted', reason: '30003' });
});

test('STOP while it waits: no text, no call, and nobody is asked again', async () => {
  const own = await textDesk();
  await own.claim(own.campaignId);
  await own.receive('STOP');
  await own.work();
  expect(own.posts).toEqual([]);
  expect(await own.enrolment()).toMatchObject({ state: 'skipped', reason: 'suppressed' });
});

test('STOP between the opening row and its POST is in time', async () => {
  const own = await textDesk();
  await own.claim(own.campaignId);
  const [open] = own.jobs.splice(0);
  if (open === undefined) throw new Error('Nothing was claimed');
  if (open.type === 'open') await openText(own.ctx, own.take, open.attemptId);
  await own.receive('STOP');
  await own.work();
  expect(own.posts).toEqual([]);
  expect(await own.ctx.db.find(message, eq(message.direction, 'outbound'))).toMatchObject([
    { state: 'canceled', errorCode: 'suppressed' },
  ]);
  expect(await own.enrolment()).toMatchObject({ state: 'skipped', reason: 'suppressed' });
});

test('STOP as the answer stands with the contact', async () => {
  const own = await textDesk();
  await own.start();
  await own.told('delivered');
  await own.write('STOP');
  expect(await own.enrolment()).toMatchObject({ state: 'done', reason: 'opted_out' });
});

test('paused while it waits: not sent, and sent anew once the campaign goes on', async () => {
  const own = await textDesk();
  await own.claim(own.campaignId);
  await own.setState('paused');
  await own.work();
  expect(own.posts).toEqual([]);
  expect(await own.enrolment()).toMatchObject({ state: 'due', attempts: 0 });
  expect(await own.start()).toBe('');
  await own.setState('running');
  await own.start();
  expect(own.bodies()).toEqual([OPENING]);
  const states = (await own.ctx.db.find(message)).map(({ state }) => state);
  expect(states.sort()).toEqual(['canceled', 'queued']);
});

test('stopped while it waits: never sent', async () => {
  const own = await textDesk();
  await own.claim(own.campaignId);
  await own.setState('stopped');
  await own.work();
  expect(own.posts).toEqual([]);
  expect(await own.enrolment()).toMatchObject({ state: 'skipped', reason: 'campaign_stopped' });
});

test('outside of the hours of its reader it waits for them, and takes no part of the pace', async () => {
  const night = DAYTIME + 10 * HOUR_MS;
  const own = await textDesk({}, manualClock(night));
  await own.start();
  expect(own.posts).toEqual([]);
  const due = await own.enrolment();
  expect(due).toMatchObject({ state: 'due', reason: 'window_closed', attempts: 0 });
  own.clock.advance((due?.dueAt ?? 0) - own.clock.now());
  await own.claim(own.campaignId);
  const [open] = own.jobs;
  expect(open).toMatchObject({ type: 'open' });
  await own.work();
  expect(own.posts).toHaveLength(1);
  const [text] = await own.ctx.db.find(message);
  const isRefused = text?.attemptId && refuseEarly(own.ctx, { ...text, attemptId: text.attemptId });
  expect(await isRefused).toBe(false);
});

test('a lost answer is looked up, never posted twice', async () => {
  const own = await textDesk();
  own.twilio.create = () => new Response('oops', { status: 500 });
  const attemptId = await own.start();
  expect(await own.attempt(attemptId)).toMatchObject({ state: 'unknown' });
  const listed = {
    ...{ sid: sid(9), to: PEER, from: OWN, body: OPENING, status: 'delivered', error_code: null },
    date_created: new Date(own.clock.now()).toUTCString(),
  };
  own.twilio.list = () => Response.json({ messages: [listed] });
  expect(await own.sweepText()).toBeNull();
  expect(await own.enrolment()).toMatchObject({ state: 'done', reason: 'delivered' });
  expect(own.posts).toHaveLength(1);
});

test('one that Twilio never got passes the gate again, and counts once', async () => {
  const own = await textDesk();
  own.twilio.create = () => new Response('oops', { status: 500 });
  const attemptId = await own.start();
  await own.clock.sleep(UNKNOWN_GRACE_MS);
  const job = await own.sweepText();
  expect(await own.attempt(attemptId)).toMatchObject({ state: 'queued', dialDay: null });
  own.twilio.create = () => Response.json({ sid: sid(2), status: 'queued' }, { status: 201 });
  if (job !== null) own.jobs.push(job);
  await own.work();
  await own.told('delivered');
  expect(await own.ctx.db.find(dialDay)).toMatchObject([{ attempts: 1, spentMicros: 13_000 }]);
  expect(await own.enrolment()).toMatchObject({ state: 'done' });
});

test('what a queue forgot is queued again; what was opened is not opened twice', async () => {
  const own = await textDesk();
  const [attemptId = ''] = await own.claim(own.campaignId);
  own.jobs.splice(0);
  const job = await own.sweepAttempt(attemptId);
  expect(job).toMatchObject({ type: 'open', attemptId });
  if (job !== null) own.jobs.push(job, job);
  await own.work();
  expect(own.posts).toHaveLength(1);
  expect(await own.sweepAttempt(attemptId)).toBeNull();
});

test('the end that was never told is asked for; without a receipt a day is enough', async () => {
  const own = await textDesk();
  const attemptId = await own.start();
  await own.told('sent');
  await own.sweepAttempt(attemptId);
  expect(await own.enrolment()).toMatchObject({ state: 'active' });
  await own.clock.sleep(NO_RECEIPT_MS + 1);
  await own.sweepAttempt(attemptId);
  expect(await own.enrolment()).toMatchObject({ state: 'done', reason: 'sent' });
});

test('a fault of the account pauses the campaign, and the contact stays due', async () => {
  const own = await textDesk();
  own.twilio.create = () => Response.json({ code: 21606, message: 'no SMS' }, { status: 400 });
  await own.start();
  expect(own.paused).toEqual([own.campaignId]);
  expect(await own.enrolment()).toMatchObject({ state: 'due', attempts: 0, reason: '21606' });
  expect(await own.ctx.db.find(dialDay)).toMatchObject([{ attempts: 0, spentMicros: 0 }]);
});

test('21610 suppresses, and ends the contact', async () => {
  const own = await textDesk();
  own.twilio.create = () => Response.json({ code: 21610, message: 'stopped' }, { status: 400 });
  await own.start();
  expect(await own.enrolment()).toMatchObject({ state: 'skipped', reason: '21610' });
  expect(await own.ctx.db.find(suppression)).toMatchObject([{ e164: PEER, reason: 'carrier' }]);
});

test('who is in a talk already is written to after it', async () => {
  const own = await textDesk();
  await own.write('hi');
  await own.start();
  expect(own.posts).toHaveLength(1);
  const due = await own.enrolment();
  expect(due).toMatchObject({ state: 'due', reason: 'conversation_under_way', attempts: 0 });
});

test('a variable that is missing ends the contact before anything is sent', async () => {
  const script = SCRIPT.replace('{{firstName|"there"}}', '{{plan}}');
  const own = await textDesk({ script });
  await own.start();
  expect(own.posts).toEqual([]);
  expect(await own.enrolment()).toMatchObject({
    state: 'skipped',
    reason: 'missing_variable:plan',
  });
});

test('what a call texted at night waits for the morning; an answer to its reader does not', async () => {
  const own = await newDesk(manualClock(DAYTIME + 10 * HOUR_MS));
  const { id } = await own.place('12 Harbour Street');
  await own.ctx.db.run(own.ctx.db.update(message, { purpose: 'call' }, eq(message.id, id)));
  await own.work();
  expect(own.posts).toEqual([]);
  await own.write('hi');
  expect(own.bodies()).toEqual(['Hello there, can you come tomorrow? Answer yes or no.']);
  const [text] = await own.ctx.db.find(message, eq(message.id, id));
  await own.ctx.clock.sleep((text?.leaseUntil ?? 0) - own.ctx.clock.now());
  const carrier = { carrier: async () => own.carrier };
  const job = await sweepMessage(own.ctx, carrier, id);
  if (job !== null) own.jobs.push(job);
  await own.work();
  expect(own.bodies()).toHaveLength(2);
  // Eight in the morning in San Francisco.
  expect(new Date(own.ctx.clock.now()).toISOString()).toMatch(/T15:00/);
});
