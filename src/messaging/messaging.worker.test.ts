import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { upsertContacts } from '../contacts/upsert-contacts.ts';
import { suppression } from '../db/schema/contact.ts';
import { message } from '../db/schema/message.ts';
import { newDesk, OWN, PEER, sid } from './desk.fixture.ts';
import { UNKNOWN_GRACE_MS } from './jobs.ts';
import { noteSent } from './note-sent.ts';
import { sweepMessage } from './sweep-message.ts';

test('their first word opens the script, and the talk goes to its outcome', async () => {
  const own = await newDesk();
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
  const own = await newDesk();
  await own.receive('hi', { sid: sid(7) });
  await own.receive('hi', { sid: sid(7) });
  await own.work();
  expect(own.posts).toHaveLength(1);
  expect(await own.ctx.db.find(message, eq(message.direction, 'inbound'))).toHaveLength(1);
});

test('STOP suppresses before its webhook is answered, ends the talk, and is never answered', async () => {
  const own = await newDesk();
  await own.write('hi');
  expect(await own.receive('Stop')).toBe('stop');
  expect(await own.ctx.db.find(suppression)).toMatchObject([{ e164: PEER, reason: 'sms_stop' }]);
  await own.work();
  expect(own.posts).toHaveLength(1);
  expect(await own.thread()).toMatchObject({ outcome: 'opted_out', flowState: null });
  await expect(own.place()).rejects.toThrow(/asked not to be contacted/);
});

test('what was queued before a STOP is not sent after it', async () => {
  const own = await newDesk();
  await own.place();
  await own.receive('STOP');
  await own.work();
  expect(own.posts).toEqual([]);
  const [queued] = await own.ctx.db.find(message, eq(message.purpose, 'single'));
  expect(queued).toMatchObject({ state: 'canceled', errorCode: 'suppressed' });
});

test('START lifts what a STOP did and nothing else; YES lifts nothing', async () => {
  const own = await newDesk();
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
  const own = await newDesk();
  await own.write('please stop texting me');
  expect(own.bodies()).toEqual(['You will not hear from us again.']);
  expect(await own.ctx.db.find(suppression)).toMatchObject([{ reason: 'caller_request' }]);
  await own.write('hello?');
  expect(own.posts).toHaveLength(1);
});

test('a day of silence is an answer, and nobody is asked again', async () => {
  const own = await newDesk();
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
  const own = await newDesk();
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
  const own = await newDesk();
  own.twilio.create = () => new Response('oops', { status: 500 });
  const { id } = await own.place();
  await own.work();
  expect(await sweepMessage(own.ctx, { carrier: async () => own.carrier }, id)).toBeNull();
  await own.ctx.clock.sleep(UNKNOWN_GRACE_MS);
  const job = await sweepMessage(own.ctx, { carrier: async () => own.carrier }, id);
  expect(job).toMatchObject({ type: 'send', messageId: id });
});

test('statuses come in any order and only move forward', async () => {
  const own = await newDesk();
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
  const own = await newDesk();
  own.twilio.create = () => Response.json({ code, message: 'no' }, { status: 400 });
  await own.place();
  await own.work();
  expect(await own.ctx.db.find(message)).toMatchObject([{ state, errorCode: String(code) }]);
  expect(await own.ctx.db.find(suppression)).toMatchObject(suppressed);
});

test('too many requests at once: it waits, and goes later', async () => {
  const own = await newDesk();
  own.twilio.create = () => Response.json({ code: 20429, message: 'slow' }, { status: 429 });
  await own.place();
  await own.work();
  expect(await own.ctx.db.find(message)).toMatchObject([{ state: 'waiting' }]);
});
