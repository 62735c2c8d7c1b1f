import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { FROM, newCampaign } from '../../tests/support/campaign.ts';
import {
  callJson,
  newDialler,
  reportOf,
  settleReport,
  sidOf,
  twilioError,
} from '../../tests/support/dialing.ts';
import { sessionOf, statusParams, statusPath, webhook } from '../../tests/support/session.ts';
import { manualClock, newTenant, testDatabases } from '../../tests/support/tenant.ts';
import { call } from '../db/schema/call.ts';
import { attempt, enrolment } from '../db/schema/campaign.ts';
import {
  ACCEPTED_LEASE_MS,
  DIALING_LEASE_MS,
  QUEUED_LEASE_MS,
  UNKNOWN_GRACE_MS,
} from './leases.ts';
import { noteAccepted } from './note-accepted.ts';
import { sweepAttempt } from './sweep.ts';

const NUMBER = '+12125550001';

/** One claimed attempt and the sweeper's own wiring. */
async function claimed() {
  const clock = manualClock();
  const ctx = await newTenant({ clock });
  const { id: campaignId } = await newCampaign(ctx);
  const dialler = await newDialler(ctx);
  const [callId = ''] = await dialler.claim(campaignId);
  const deps = {
    carrier: dialler.twilio.carrier,
    session: (id: string) => sessionOf({ tenantId: ctx.tenant.id, callId: id }),
  };
  return {
    ctx,
    clock,
    callId,
    campaignId,
    ...dialler,
    sweep: () =>
      sweepAttempt(ctx, deps, { tenantId: ctx.tenant.id, id: callId, state: '', channel: 'voice' }),
    expired: async () => {
      const refs = await testDatabases.platform.expiredAttempts(clock.now(), 1000);
      return refs.filter(({ tenantId }) => tenantId === ctx.tenant.id).map(({ id }) => id);
    },
    attempt: () => ctx.db.findOne(attempt, eq(attempt.id, callId)),
    contact: async () => (await ctx.db.find(enrolment))[0],
    events: () => ctx.events.read(callId, clock.now() - 3_600_000, clock.now()),
  };
}

/** Its POST went out and nobody knows what came of it. */
async function dialledIntoTheDark() {
  const own = await claimed();
  own.twilio.create = () => new Response('oops', { status: 500 });
  await own.dial([own.callId]);
  own.clock.advance(DIALING_LEASE_MS + 1);
  return own;
}

const listed = (...calls: object[]) => Response.json({ calls });

test('a job that its queue forgot is queued again, and its lease begins anew', async () => {
  const { ctx, clock, callId, sweep, expired, attempt: own } = await claimed();
  expect(await expired()).toEqual([]);
  clock.advance(QUEUED_LEASE_MS + 1);
  expect(await expired()).toEqual([callId]);
  expect(await sweep()).toEqual({ tenantId: ctx.tenant.id, callId });
  expect(await own()).toMatchObject({
    state: 'queued',
    leaseUntil: clock.now() + QUEUED_LEASE_MS,
  });
  expect(await expired()).toEqual([]);
});

test('an attempt that ended, or of nobody, is left alone', async () => {
  const { ctx, sweep } = await claimed();
  await ctx.db.run(
    ctx.db.raw("UPDATE attempt SET state = 'ended', ended_at = 1 WHERE tenant_id = ?1"),
  );
  expect(await sweep()).toBeNull();
  const other = await claimed();
  await other.ctx.db.run(other.ctx.db.raw('DELETE FROM attempt WHERE tenant_id = ?1'));
  expect(await other.sweep()).toBeNull();
});

test('a dial that died before its answer becomes unknown, with the events it could not write', async () => {
  const { ctx, clock, callId, sweep, attempt: own, events, twilio } = await claimed();
  const dialingAt = clock.now();
  await ctx.db.run(
    ctx.db.raw(
      "UPDATE attempt SET state = 'dialing', dialing_at = ?2 WHERE tenant_id = ?1",
      dialingAt,
    ),
  );
  clock.advance(DIALING_LEASE_MS + 1);
  for (let i = 0; i < 2; i++) expect(await sweep()).toBeNull();
  expect(await own()).toMatchObject({ state: 'unknown' });
  expect(await events()).toMatchObject([
    { source: 'dial', n: 3, at: dialingAt, type: 'pacer.reserved' },
    { source: 'dial', n: 4, at: dialingAt, type: 'twilio.dial.request' },
    { source: 'dial', n: 7, type: 'twilio.dial.unknown' },
  ]);
  expect(twilio.posts).toEqual([]);
  expect(callId).not.toBe('');
});

test('the listing asks for the number, in every status', async () => {
  const { sweep, twilio } = await dialledIntoTheDark();
  const asked: string[] = [];
  twilio.read = (url) => {
    asked.push(url.search);
    return listed();
  };
  await sweep();
  expect(asked).toEqual([`?To=${encodeURIComponent(NUMBER)}&PageSize=1000`]);
});

test('a call that the listing shows is the attempt’s own', async () => {
  const { ctx, sweep, twilio, callId, attempt: own, contact, pacer } = await dialledIntoTheDark();
  twilio.read = () => listed(callJson({ sid: sidOf(7), status: 'ringing' }));
  await sweep();
  expect(await own()).toMatchObject({ state: 'accepted', twilioSid: sidOf(7) });
  expect((await reportOf(ctx, callId))?.call).toMatchObject({
    twilioSid: sidOf(7),
    status: 'ringing',
  });
  expect(await ctx.db.findOne(call, eq(call.id, callId))).toMatchObject({ twilioSid: sidOf(7) });
  expect(await contact()).toMatchObject({ state: 'active', attempts: 1 });
  expect(await pacer.inFlight()).toBe(1);
});

test('a call that the listing shows as over ends the attempt as its status says', async () => {
  const { ctx, sweep, twilio, callId, attempt: own, contact } = await dialledIntoTheDark();
  twilio.read = () => listed(callJson({ sid: sidOf(7), status: 'completed', duration: '42' }));
  await sweep();
  await settleReport(ctx, callId);
  expect(await own()).toMatchObject({ state: 'ended', result: 'completed' });
  expect(await contact()).toMatchObject({ state: 'done' });
  expect(await ctx.db.findOne(call, eq(call.id, callId))).toMatchObject({
    status: 'completed',
    durationSeconds: 42,
  });
});

test.each([
  { name: 'from another number of ours', fields: { from: '+12125550198' } },
  { name: 'from before the dial', fields: { start_time: 'Thu, 14 May 2026 13:59:00 +0000' } },
])('a call $name is not it', async ({ fields }) => {
  const { sweep, twilio, attempt: own } = await dialledIntoTheDark();
  twilio.read = () => listed(callJson({ sid: sidOf(7), from: FROM, ...fields }));
  await sweep();
  expect(await own()).toMatchObject({ state: 'unknown', twilioSid: null });
});

test('a call that another attempt owns is not it', async () => {
  const { ctx, sweep, twilio, attempt: own, callId } = await dialledIntoTheDark();
  const earlier = ctx.newId('call');
  await ctx.db.run(
    ctx.db.raw(
      `INSERT INTO attempt (tenant_id, id, campaign_id, contact_id, e164, ordinal, state,
         lease_until, dialing_at, twilio_sid, result, created_at, ended_at)
       SELECT tenant_id, ?2, campaign_id, contact_id, e164, ordinal, 'ended',
         lease_until, dialing_at, ?3, 'busy', created_at, created_at
       FROM attempt WHERE tenant_id = ?1 AND id = ?4`,
      earlier,
      sidOf(7),
      callId,
    ),
  );
  twilio.read = () => listed(callJson({ sid: sidOf(7) }));
  await sweep();
  expect(await own()).toMatchObject({ state: 'unknown' });
  twilio.read = () => listed(callJson({ sid: sidOf(7) }), callJson({ sid: sidOf(8) }));
  await sweep();
  expect(await own()).toMatchObject({ state: 'accepted', twilioSid: sidOf(8) });
});

test.each([
  { name: 'answers 500', read: () => new Response('oops', { status: 500 }) },
  { name: 'answers nonsense', read: () => new Response('<html>') },
  { name: 'lists something else', read: () => Response.json({ calls: [{ sid: 'x' }] }) },
  { name: 'refuses the token', read: () => Response.json({ code: 20003 }, { status: 401 }) },
  { name: 'cannot be reached', read: () => Promise.reject(new TypeError('lost')) },
])('while Twilio $name an unknown stays, however long', async ({ read }) => {
  const {
    sweep,
    twilio,
    clock,
    attempt: own,
    contact,
    expired,
    callId,
  } = await dialledIntoTheDark();
  twilio.read = read;
  for (let i = 0; i < 3; i++) {
    clock.advance(UNKNOWN_GRACE_MS + 1);
    expect(await expired()).toEqual([callId]);
    await expect(sweep()).rejects.toMatchObject({ code: 'carrier_failed' });
    expect(await own()).toMatchObject({ state: 'unknown' });
    expect(await contact()).toMatchObject({ state: 'active' });
  }
  expect(twilio.posts).toHaveLength(1);
});

test('a listing without the call ends nothing before the grace is over', async () => {
  const { sweep, attempt: own, expired } = await dialledIntoTheDark();
  await sweep();
  expect(await own()).toMatchObject({ state: 'unknown' });
  expect(await expired()).toEqual([]);
});

test('after the grace the call was never placed: the contact is due and keeps the try', async () => {
  const {
    ctx,
    sweep,
    clock,
    attempt: own,
    contact,
    callId,
    claim,
    campaignId,
  } = await dialledIntoTheDark();
  clock.advance(UNKNOWN_GRACE_MS);
  await sweep();
  await settleReport(ctx, callId);
  expect(await own()).toMatchObject({ state: 'ended', result: 'never_placed' });
  expect(await contact()).toMatchObject({ state: 'due', attempts: 0, reason: 'never_placed' });
  const [again = ''] = await claim(campaignId);
  expect(await ctx.db.findOne(attempt, eq(attempt.id, again))).toMatchObject({ ordinal: 1 });
});

test('a webhook that comes while the listing is read wins', async () => {
  const {
    ctx,
    sweep,
    clock,
    twilio,
    callId,
    attempt: own,
    contact,
    pacer,
  } = await dialledIntoTheDark();
  clock.advance(UNKNOWN_GRACE_MS);
  twilio.read = async () => {
    await noteAccepted(ctx, callId, sidOf(9));
    return listed();
  };
  await sweep();
  expect(await own()).toMatchObject({ state: 'accepted', twilioSid: sidOf(9) });
  expect(await contact()).toMatchObject({ state: 'active', attempts: 1 });
  expect(await pacer.inFlight()).toBe(1);
});

test('a call whose last callback never came is ended by Twilio’s own record', async () => {
  const {
    ctx,
    sweep,
    clock,
    twilio,
    callId,
    dial,
    attempt: own,
    contact,
    expired,
  } = await claimed();
  await dial([callId]);
  clock.advance(ACCEPTED_LEASE_MS + 1);
  expect(await expired()).toEqual([callId]);
  const asked: string[] = [];
  twilio.read = (url) => {
    asked.push(url.pathname);
    return Response.json(callJson({ status: 'no-answer' }));
  };
  expect(await sweep()).toBeNull();
  expect(asked).toEqual([
    `/2010-04-01/Accounts/${ctx.tenant.carrierAccountSid}/Calls/${sidOf(1)}.json`,
  ]);
  await settleReport(ctx, callId);
  expect(await own()).toMatchObject({ state: 'ended', result: 'no-answer' });
  expect(await contact()).toMatchObject({ state: 'due', attempts: 1 });
});

test('a call that still goes on is asked for again later', async () => {
  const { sweep, clock, twilio, callId, dial, attempt: own, expired } = await claimed();
  await dial([callId]);
  clock.advance(ACCEPTED_LEASE_MS + 1);
  twilio.read = () => Response.json(callJson({ status: 'in-progress' }));
  await sweep();
  expect(await own()).toMatchObject({ state: 'accepted' });
  expect(await expired()).toEqual([]);
  clock.advance(UNKNOWN_GRACE_MS + 1);
  expect(await expired()).toEqual([callId]);
});

test.each([
  ['that nobody has heard of', null],
  ['whose callbacks stopped while it rang', 'ringing'],
])(
  'a call %s and that Twilio denies is over, and nobody is dialled again',
  async (_name, status) => {
    const { ctx, sweep, clock, twilio, callId, dial, attempt: own, contact } = await claimed();
    await dial([callId]);
    const ref = { tenantId: ctx.tenant.id, callId };
    if (status !== null) {
      const params = statusParams(status, 1, { CallSid: sidOf(1) });
      expect((await webhook(statusPath(ref), params)).status).toBe(204);
    }
    twilio.read = () => twilioError(404, 20404, 'not found');
    clock.advance(2 * 3_600_000);
    await sweep();
    expect(await own()).toMatchObject({ state: 'accepted' });
    await settleReport(ctx, callId);
    expect(await own()).toMatchObject({ state: 'ended', result: 'lost_at_carrier' });
    expect(await contact()).toMatchObject({ state: 'exhausted', attempts: 1 });
    expect(await ctx.db.findOne(call, eq(call.id, callId))).toMatchObject({
      ...{ status: 'failed', errorCode: 'lost_at_carrier' },
    });
  },
);
