import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { FROM, newCampaign } from '../../tests/support/campaign.ts';
import {
  newDialler,
  oneClaimed,
  reportOf,
  settleReport,
  sidOf,
  twilioError,
} from '../../tests/support/dialing.ts';
import { googleError } from '../../tests/support/speech.ts';
import { newTenant, testCancels } from '../../tests/support/tenant.ts';
import type { DialPacer } from '../../workers/voice/objects.ts';
import { setCampaignState } from '../campaigns/set-state.ts';
import { call } from '../db/schema/call.ts';
import { attempt, campaign, enrolment } from '../db/schema/campaign.ts';
import type { TenantContext } from '../tenants/context.ts';
import type { DialBatchDeps } from './dial-batch.ts';
import { finishIfDone } from './finish-campaign.ts';
import { ACCEPTED_LEASE_MS } from './leases.ts';

const NUMBER = '+12125550001';
const numbers = (count: number) =>
  Array.from({ length: count }, (_, i) => `+1212555${String(i + 1).padStart(4, '0')}`);

const freshPacer = () => {
  const { DIAL_PACERS } = env as unknown as {
    readonly DIAL_PACERS: DurableObjectNamespace<DialPacer>;
  };
  return DIAL_PACERS.getByName(crypto.randomUUID());
};

const attemptOf = (ctx: TenantContext, id: string) => ctx.db.findOne(attempt, eq(attempt.id, id));
const callOf = (ctx: TenantContext, id: string) => ctx.db.findOne(call, eq(call.id, id));
const campaignOf = (ctx: TenantContext, id: string) =>
  ctx.db.findOne(campaign, eq(campaign.id, id));

async function contactOf(ctx: TenantContext) {
  const [row] = await ctx.db.find(enrolment);
  return row;
}

test('an accepted call is known to the attempt, the ledger and the session', async () => {
  const { ctx, dial, callId, twilio, pacer } = await oneClaimed();
  await dial([callId]);
  expect(twilio.posts).toHaveLength(1);
  expect(await attemptOf(ctx, callId)).toMatchObject({ state: 'accepted', twilioSid: sidOf(1) });
  expect(await callOf(ctx, callId)).toMatchObject({
    direction: 'outbound',
    status: 'queued',
    twilioSid: sidOf(1),
    fromNumber: FROM,
    toNumber: NUMBER,
    scriptVersion: 1,
  });
  expect((await reportOf(ctx, callId))?.call.twilioSid).toBe(sidOf(1));
  expect(await contactOf(ctx)).toMatchObject({ state: 'active', attempts: 1 });
  expect(await pacer.inFlight()).toBe(1);
});

test('the POST has exactly these fields', async () => {
  const { ctx, dial, callId, twilio } = await oneClaimed();
  await dial([callId]);
  const base = `https://voice.test/voice/t/${ctx.tenant.id}/c/${callId}`;
  const overrides = '#ct=1000&rt=4000&rc=2&rp=ct,rt,5xx';
  expect([...(twilio.posts[0] ?? [])].sort()).toEqual(
    [
      ['To', NUMBER],
      ['From', FROM],
      ['Url', `${base}/turn/0${overrides}`],
      ['Method', 'POST'],
      ['FallbackUrl', `${base}/fallback${overrides}`],
      ['FallbackMethod', 'POST'],
      ['StatusCallback', `${base}/status${overrides}`],
      ['StatusCallbackMethod', 'POST'],
      ['StatusCallbackEvent', 'initiated'],
      ['StatusCallbackEvent', 'ringing'],
      ['StatusCallbackEvent', 'answered'],
      ['StatusCallbackEvent', 'completed'],
      ['Timeout', '30'],
      ['TimeLimit', '660'],
    ].sort(),
  );
});

test('the five steps of a dial are its events, numbered and in order', async () => {
  const { ctx, dial, callId } = await oneClaimed();
  await dial([callId]);
  await settleReport(ctx, callId);
  const events = await ctx.events.read(callId, ctx.clock.now(), ctx.clock.now());
  const dialled = events.filter(({ source }) => source === 'cron' || source === 'dial');
  expect(dialled.map(({ source, n, type }) => [source, n, type])).toEqual([
    ['cron', 0, 'call.queued'],
    ['dial', 0, 'vars.snapshot'],
    ['dial', 1, 'tts.generate.start'],
    ['dial', 2, 'tts.generate.done'],
    ['dial', 3, 'pacer.reserved'],
    ['dial', 4, 'twilio.dial.request'],
    ['dial', 5, 'twilio.dial.accepted'],
  ]);
  expect(dialled.map(({ at }) => at)).toEqual(dialled.map(({ at }) => at).sort((a, b) => a - b));
  expect(dialled.at(-1)?.detail).toEqual({ sid: sidOf(1) });
});

test('the session has the audio of every sentence; a second call makes none again', async () => {
  const ctx = await newTenant();
  const { id } = await newCampaign(ctx, { numbers: numbers(2) });
  const { claim, dial, speech } = await newDialler(ctx);
  const [first = '', second = ''] = await claim(id);
  await dial([first]);
  const made = speech.texts.length;
  expect(speech.texts).toContain('Hi Maria, this is Harbour Dental.');
  expect(speech.texts).toContain('See you soon.');
  expect(new Set(speech.texts).size).toBe(made);
  await dial([second]);
  expect(speech.texts).toHaveLength(made);
  await settleReport(ctx, second);
  const events = await ctx.events.read(second, ctx.clock.now(), ctx.clock.now());
  expect(events.find(({ type }) => type === 'tts.generate.done')?.detail).toEqual({
    made: 0,
    cached: made,
  });
});

test('a call goes out although its words could not be made, and says so', async () => {
  const { ctx, dial, callId, twilio, speech } = await oneClaimed();
  speech.google = () => googleError(503, 'The service is unavailable.');
  await dial([callId]);
  expect(twilio.posts).toHaveLength(1);
  await settleReport(ctx, callId);
  const events = await ctx.events.read(callId, ctx.clock.now(), ctx.clock.now());
  expect(events.find(({ type }) => type === 'tts.generate.failed')?.detail).toMatchObject({
    made: 0,
    reason: 'transient',
  });
});

test('a job that comes again, in a batch or later, makes one POST', async () => {
  const { ctx, dial, callId, twilio, pacer } = await oneClaimed();
  await dial([callId, callId]);
  await dial([callId]);
  expect(twilio.posts).toHaveLength(1);
  expect(await attemptOf(ctx, callId)).toMatchObject({ state: 'accepted' });
  expect(await pacer.inFlight()).toBe(1);
});

test('batches side by side with the same jobs make one POST each', async () => {
  const ctx = await newTenant();
  const { id } = await newCampaign(ctx, { numbers: numbers(10) });
  const { claim, dial, twilio, pacer } = await newDialler(ctx);
  const ids = await claim(id);
  await Promise.all([dial(ids), dial([...ids].reverse()), dial(ids)]);
  expect(twilio.posts.map((form) => form.get('To')).sort()).toEqual(numbers(10));
  expect((await ctx.db.find(attempt)).map(({ state }) => state)).toEqual(
    Array(10).fill('accepted'),
  );
  expect(await pacer.inFlight()).toBe(10);
});

test('ids of nobody, or of another tenant, dial nothing', async () => {
  const [one, other] = [await oneClaimed(), await oneClaimed()];
  await one.dial([other.callId, 'call_unknown']);
  expect(one.twilio.posts).toEqual([]);
  expect(await attemptOf(other.ctx, other.callId)).toMatchObject({ state: 'queued' });
});

test('a wrong token pauses the campaign with a reason and loses no contact', async () => {
  const { ctx, dial, callId, campaignId, twilio, pacer, claim, later } = await oneClaimed();
  twilio.create = () => twilioError(401, 20003, 'Authenticate');
  await dial([callId]);
  expect(await campaignOf(ctx, campaignId)).toMatchObject({
    state: 'paused',
    pausedReason: 'Twilio refused the call with error 20003: Authenticate',
  });
  expect(await contactOf(ctx)).toMatchObject({ state: 'due', attempts: 0, reason: '20003' });
  expect(await attemptOf(ctx, callId)).toMatchObject({ state: 'ended', result: '20003' });
  expect(await pacer.inFlight()).toBe(0);
  await settleReport(ctx, callId);
  expect(await callOf(ctx, callId)).toMatchObject({ status: 'failed', errorCode: '20003' });
  expect(await contactOf(ctx)).toMatchObject({ state: 'due', attempts: 0 });
  expect(await claim(campaignId)).toEqual([]);
  expect(await finishIfDone(ctx, campaignId)).toBe(false);
  await dial([callId]);
  expect(twilio.posts).toHaveLength(1);
  expect(later).toEqual([]);

  await setCampaignState(ctx, testCancels, { campaignId, state: 'running' });
  const [again = ''] = await claim(campaignId);
  expect(await attemptOf(ctx, again)).toMatchObject({ ordinal: 1 });
});

test('a number that Twilio calls invalid is skipped, and its campaign goes on', async () => {
  const { ctx, dial, callId, campaignId, twilio, pacer } = await oneClaimed();
  twilio.create = () => twilioError(400, 21217, 'Phone number does not appear to be valid');
  await dial([callId]);
  await settleReport(ctx, callId);
  expect(await contactOf(ctx)).toMatchObject({ state: 'skipped', reason: '21217' });
  expect(await callOf(ctx, callId)).toMatchObject({ status: 'failed', errorCode: '21217' });
  expect(await campaignOf(ctx, campaignId)).toMatchObject({ state: 'running' });
  expect(await pacer.inFlight()).toBe(0);
  const events = await ctx.events.read(callId, ctx.clock.now(), ctx.clock.now());
  expect(events.slice(-2)).toMatchObject([
    { source: 'dial', n: 5, type: 'twilio.dial.rejected', detail: { code: '21217' } },
    { source: 'dial', n: 6, type: 'call.finished', detail: { status: 'failed' } },
  ]);
});

test('too many requests at once: the same attempt tries again in the place it has', async () => {
  const { ctx, dial, callId, twilio, pacer, later } = await oneClaimed();
  const accept = twilio.create;
  twilio.create = (form) =>
    twilio.posts.length < 4 ? twilioError(429, 20429, 'Too Many Requests') : accept(form);
  await dial([callId]);
  expect(twilio.posts).toHaveLength(4);
  expect(later).toEqual([]);
  expect(await attemptOf(ctx, callId)).toMatchObject({ state: 'accepted', ordinal: 1 });
  expect(await ctx.db.find(call)).toHaveLength(1);
  expect(await contactOf(ctx)).toMatchObject({ state: 'active', attempts: 1 });
  expect(await pacer.inFlight()).toBe(1);
});

test('while Twilio takes no request the attempt is queued again and gives its place back', async () => {
  const { ctx, dial, callId, twilio, pacer, later } = await oneClaimed();
  const accept = twilio.create;
  twilio.create = () => twilioError(429, 20429, 'Too Many Requests');
  await dial([callId]);
  expect(twilio.posts.length).toBeLessThanOrEqual(6);
  expect(await attemptOf(ctx, callId)).toMatchObject({ state: 'queued', dialingAt: null });
  expect(later).toEqual([{ jobs: [{ tenantId: ctx.tenant.id, callId }], delaySeconds: 10 }]);
  expect(await pacer.inFlight()).toBe(0);
  twilio.create = accept;
  await dial([callId], { pacer: freshPacer() });
  expect(await attemptOf(ctx, callId)).toMatchObject({ state: 'accepted', ordinal: 1 });
  expect(await ctx.db.find(call)).toHaveLength(1);
});

test('a pacer that goes away before the request costs no call: nothing was sent', async () => {
  const { ctx, dial, callId, twilio, pacer, later } = await oneClaimed();
  const broken: DialBatchDeps['pacer'] = {
    reserve: async (request) => pacer.reserve(request),
    start: () => Promise.reject(new Error('The pacer went away')),
    finish: async (end, callsPerSecond) => pacer.finish(end, callsPerSecond),
    release: async (callIds) => pacer.release(callIds),
  };
  await dial([callId], { pacer: broken });
  expect(twilio.posts).toEqual([]);
  expect(await attemptOf(ctx, callId)).toMatchObject({ state: 'queued', dialingAt: null });
  expect(later).toEqual([{ jobs: [{ tenantId: ctx.tenant.id, callId }], delaySeconds: 10 }]);
  await dial([callId]);
  expect(twilio.posts).toHaveLength(1);
});

test('a dial that breaks off comes again by the queue, and the others go on', async () => {
  const ctx = await newTenant();
  const { id } = await newCampaign(ctx, { numbers: numbers(3) });
  const { claim, dial, deps, twilio, later } = await newDialler(ctx);
  const [broken = '', ...others] = await claim(id);
  const session: typeof deps.session = (callId) =>
    callId === broken
      ? { dialled: () => Promise.reject(new Error('The session went away')) }
      : deps.session(callId);
  const logged: unknown[] = [];
  const log: typeof deps.log = (_, message, fields) => logged.push([message, fields?.callId]);
  await dial([broken, ...others], { session, log });
  expect(twilio.posts).toHaveLength(3);
  expect(logged).toEqual([['dial failed', broken]]);
  expect(later).toEqual([
    { jobs: [{ tenantId: ctx.tenant.id, callId: broken }], delaySeconds: 10 },
  ]);
  await dial([broken]);
  expect(twilio.posts).toHaveLength(3);
});

test.each([
  {
    name: 'no answer in time',
    reason: 'timeout',
    answer: () => Promise.reject(new DOMException('timed out', 'TimeoutError')),
  },
  {
    name: 'a connection that breaks',
    reason: 'network failure',
    answer: () => Promise.reject(new TypeError('Network connection lost.')),
  },
  { name: 'HTTP 500', reason: 'HTTP 500', answer: () => new Response('oops', { status: 500 }) },
  {
    name: 'an answer cut in two',
    reason: 'HTTP 201 without a call',
    answer: () => new Response('{"sid": "CA', { status: 201 }),
  },
])('$name leaves the attempt unknown, and it is never posted again', async (row) => {
  const { ctx, dial, callId, twilio, pacer, later } = await oneClaimed();
  twilio.create = row.answer;
  await dial([callId]);
  await dial([callId]);
  expect(twilio.posts).toHaveLength(1);
  expect(await attemptOf(ctx, callId)).toMatchObject({ state: 'unknown', twilioSid: null });
  expect(await contactOf(ctx)).toMatchObject({ state: 'active', attempts: 1 });
  expect(later).toEqual([]);
  expect(await pacer.inFlight()).toBe(1);
  await settleReport(ctx, callId);
  const events = await ctx.events.read(callId, ctx.clock.now(), ctx.clock.now());
  expect(events.at(-1)).toMatchObject({
    n: 7,
    type: 'twilio.dial.unknown',
    detail: { reason: row.reason },
  });
});

test('no more calls run than there are places; the others come later and are not lost', async () => {
  const ctx = await newTenant();
  const { id } = await newCampaign(ctx, { numbers: numbers(3) });
  const { claim, dial, twilio, pacer, later } = await newDialler(ctx, { maxConcurrentCalls: 1 });
  const ids = await claim(id);
  await dial(ids);
  expect(twilio.posts).toHaveLength(1);
  const waiting = later.flatMap(({ jobs }) => jobs.map(({ callId }) => callId));
  expect(waiting).toHaveLength(2);
  expect(later.every(({ delaySeconds }) => delaySeconds > 0)).toBe(true);
  await pacer.release(ids.filter((callId) => !waiting.includes(callId)));
  await dial(waiting);
  expect(twilio.posts).toHaveLength(2);
});

test('when the next chunk cannot be prepared, calls on their way are still seen through', async () => {
  const ctx = await newTenant();
  const { id } = await newCampaign(ctx, { numbers: numbers(4) });
  const { claim, dial, deps, twilio } = await newDialler(ctx, { callsPerSecond: 1 });
  const ids = await claim(id);
  const prepare = (chunk: readonly string[]) =>
    chunk.includes(ids[0] ?? '')
      ? deps.prepare(chunk)
      : Promise.reject(new Error('The database went away'));
  await expect(dial(ids, { prepare })).rejects.toThrow('The database went away');
  expect(twilio.posts).toHaveLength(1);
  const states = (await ctx.db.find(attempt)).map(({ state }) => state).sort();
  expect(states).toEqual(['accepted', 'queued', 'queued', 'queued']);
});

test('an accepted call is looked after again when its last callback should have come', async () => {
  const { ctx, dial, callId } = await oneClaimed();
  await dial([callId]);
  const row = await attemptOf(ctx, callId);
  expect((row?.leaseUntil ?? 0) - ctx.clock.now()).toBe(ACCEPTED_LEASE_MS);
});

test('what the pace of its campaign does not let go comes back in its turn', async () => {
  const ctx = await newTenant();
  const dialler = await newDialler(ctx);
  const { id: campaignId } = await newCampaign(ctx, { numbers: numbers(4) });
  const settings = { maxCallsPerSecond: 1, callLimitSeconds: 90 };
  await ctx.db.run(ctx.db.update(campaign, settings, eq(campaign.id, campaignId)));
  await dialler.dial(await dialler.claim(campaignId));
  expect(dialler.twilio.posts.map((form) => form.get('TimeLimit'))).toEqual(['90']);
  expect(dialler.later.map(({ delaySeconds }) => delaySeconds)).toEqual([1, 2, 3]);
  expect(dialler.later.every(({ jobs }) => jobs.length === 1)).toBe(true);
});
