import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { AUTH_TOKEN, newTenant } from '../../tests/support/tenant.ts';
import { recording } from '../db/schema/recording.ts';
import { MemoryStore } from '../store/memory-store.ts';
import { TwilioRecordings } from '../telephony/twilio-recordings.ts';
import { copyRecording } from './copy-recording.ts';

const SID = `RE${'a'.repeat(32)}`;
const ID = `rec_${SID.toLowerCase()}`;
const SOUND = Uint8Array.from({ length: 5000 }, (_, i) => i % 251);

/** One recording that Twilio has told of, and a Twilio that answers as it is told. */
async function told(channels = 1) {
  const ctx = await newTenant();
  const createdAt = ctx.clock.now();
  await ctx.db.run(
    ctx.db.insert(recording, {
      ...{ id: ID, callId: 'call_1', twilioSid: SID, source: 'call', state: 'pending' },
      ...{ channels, createdAt, leaseUntil: createdAt },
    }),
  );
  const asked: string[] = [];
  const twilio = {
    sound: (_: Request): Response =>
      new Response(SOUND, { headers: { 'content-length': String(SOUND.length) } }),
    remove: () => new Response(null, { status: 204 }),
  };
  const source = new TwilioRecordings({
    accountSid: ctx.tenant.carrierAccountSid,
    authToken: AUTH_TOKEN,
    baseUrl: 'https://twilio.test',
    fetch: async (request) => {
      const { host, pathname, search } = new URL(request.url);
      const token = request.headers.has('authorization') ? '' : ' without token';
      asked.push(`${request.method} ${host} ${pathname.split('/').pop()}${search}${token}`);
      return request.method === 'DELETE' ? twilio.remove() : twilio.sound(request);
    },
  });
  const store = new MemoryStore();
  return {
    ...{ ctx, asked, twilio, store },
    copy: () => copyRecording(ctx, { source, store }, ID),
    row: () => ctx.db.findOne(recording, eq(recording.id, ID)),
    events: async () =>
      (await ctx.events.read('call_1', createdAt, ctx.clock.now())).map(({ type }) => type),
  };
}

test('a recording is copied whole, and then deleted at the carrier', async () => {
  const own = await told(2);
  expect(await own.copy()).toBe(true);
  const key = `t/${own.ctx.tenant.id}/recordings/${ID}.wav`;
  expect(await own.row()).toMatchObject({
    state: 'stored',
    bytes: 5000,
    objectKey: key,
    leaseUntil: null,
  });
  expect(await own.store.getRange(key, 0, 5000)).toEqual(SOUND);
  expect(own.asked).toEqual([
    `GET twilio.test ${SID}.wav?RequestedChannels=2`,
    `DELETE twilio.test ${SID}.json`,
  ]);
  expect(await own.events()).toEqual(['recording.stored']);
  expect(await own.copy()).toBe(true);
  expect(own.asked).toHaveLength(2);
});

test('one that is not ready is tried again, and given up after a day', async () => {
  const own = await told();
  own.twilio.sound = () => new Response('not yet', { status: 404 });
  expect(await own.copy()).toBe(false);
  expect(await own.row()).toMatchObject({ state: 'pending' });
  await own.ctx.clock.sleep(86_400_001);
  expect(await own.copy()).toBe(true);
  expect(await own.row()).toMatchObject({ state: 'failed', errorCode: 'never_available' });
  expect(await own.events()).toEqual(['recording.failed']);
  expect(own.asked.filter((line) => line.startsWith('DELETE'))).toEqual([]);
});

test('one that was cut off on its way is not kept, and not deleted at the carrier', async () => {
  const own = await told();
  own.twilio.sound = () =>
    new Response(SOUND.slice(0, 100), { headers: { 'content-length': '5000' } });
  await expect(own.copy()).rejects.toThrow();
  expect(await own.row()).toMatchObject({ state: 'pending' });
  expect(own.asked.filter((line) => line.startsWith('DELETE'))).toEqual([]);
});

test('a deletion that failed is made up for, without another copy', async () => {
  const own = await told();
  own.twilio.remove = () => new Response('no', { status: 503 });
  await expect(own.copy()).rejects.toThrow(/503/);
  expect(await own.row()).toMatchObject({ state: 'stored', clearedAt: null });
  own.twilio.remove = () => new Response(null, { status: 404 });
  expect(await own.copy()).toBe(true);
  expect(own.asked.filter((line) => line.startsWith('GET'))).toHaveLength(1);
});

test('sound that lies elsewhere is fetched without our token, and never from a private address', async () => {
  const own = await told();
  const sendTo = (location: string) => (request: Request) =>
    new URL(request.url).host === 'twilio.test'
      ? new Response(null, { status: 302, headers: { location } })
      : new Response(SOUND, { headers: { 'content-length': '5000' } });
  own.twilio.sound = sendTo('https://media.example.com/x.wav');
  expect(await own.copy()).toBe(true);
  expect(own.asked[1]).toBe('GET media.example.com x.wav without token');
  for (const place of ['https://10.0.0.1/x', 'http://media.example.com/x', 'https://localhost/']) {
    const other = await told();
    other.twilio.sound = sendTo(place);
    await expect(other.copy()).rejects.toThrow(/not public/);
  }
});
