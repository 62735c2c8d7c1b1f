import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { newCampaign } from '../../tests/support/campaign.ts';
import {
  callJson,
  newDialler,
  oneClaimed,
  settleReport,
  sidOf,
  twilioError,
} from '../../tests/support/dialing.ts';
import { sessionOf } from '../../tests/support/session.ts';
import { manualClock, newTenant } from '../../tests/support/tenant.ts';
import { NEVER_PLACED } from '../calls/session-types.ts';
import { haltCampaigns } from '../campaigns/halt-campaigns.ts';
import { setCampaignState } from '../campaigns/set-state.ts';
import { suppressNumber } from '../contacts/suppress-number.ts';
import { attempt, campaign, enrolment } from '../db/schema/campaign.ts';
import type { CarrierCall } from '../telephony/carrier.ts';
import type { TenantContext } from '../tenants/context.ts';
import { type CancelJob, cancelCalls } from './cancel-calls.ts';
import { cancelOutsideWindow } from './cancel-outside-window.ts';
import { endAttempt } from './end-attempt.ts';
import { noteSeen } from './note-accepted.ts';

const NUMBER = '+12125550001';

/** A queue that keeps what was sent, for the test to deliver when it likes. */
function keptQueue() {
  const jobs: CancelJob[] = [];
  return {
    jobs,
    sendBatch: async (messages: Iterable<{ readonly body: CancelJob }>) => {
      for (const { body } of messages) jobs.push(body);
    },
  };
}

const attemptOf = (ctx: TenantContext, id: string) => ctx.db.findOne(attempt, eq(attempt.id, id));
const contactOf = async (ctx: TenantContext) => (await ctx.db.find(enrolment))[0];

/** A call that rings, and the carrier's word when it is canceled. */
async function ringing() {
  const own = await oneClaimed();
  const queue = keptQueue();
  await own.dial([own.callId]);
  const takeBack = async () => {
    for (const job of queue.jobs.splice(0))
      await cancelCalls(own.ctx, own.twilio.carrier, job.callIds);
  };
  const endsAs = async (status: CarrierCall['status']) => {
    const shown = callJson({ sid: sidOf(1), status });
    own.twilio.read = () => Response.json(shown);
    const found = await own.twilio.carrier.fetchCall(sidOf(1));
    if (found === null) throw new Error('no call');
    await sessionOf({ tenantId: own.ctx.tenant.id, callId: own.callId }).settle(found);
    await settleReport(own.ctx, own.callId);
  };
  return { ...own, queue, takeBack, endsAs };
}

test.each([
  {
    name: 'pausing the campaign',
    forbid: (own: Awaited<ReturnType<typeof ringing>>) =>
      setCampaignState(own.ctx, own.queue, { campaignId: own.campaignId, state: 'paused' }),
    contact: { state: 'due', attempts: 0 },
  },
  {
    name: 'stopping the campaign',
    forbid: (own: Awaited<ReturnType<typeof ringing>>) =>
      setCampaignState(own.ctx, own.queue, { campaignId: own.campaignId, state: 'stopped' }),
    contact: { state: 'skipped', attempts: 1 },
  },
  {
    name: 'suppressing the number',
    forbid: (own: Awaited<ReturnType<typeof ringing>>) =>
      suppressNumber(own.ctx, own.queue, { e164: NUMBER, reason: 'manual' }),
    contact: { state: 'skipped', attempts: 1 },
  },
  {
    name: 'the end of the window',
    forbid: async (own: Awaited<ReturnType<typeof ringing>>) => {
      own.clock.advance(Date.parse('2026-05-15T00:00:00Z') - own.clock.now());
      await cancelOutsideWindow(own.ctx, own.queue, own.campaignId);
    },
    contact: { state: 'due', attempts: 0 },
  },
])('$name takes back a call that rings', async ({ forbid, contact }) => {
  const own = await ringing();
  await forbid(own);
  expect(own.queue.jobs).toEqual([{ tenantId: own.ctx.tenant.id, callIds: [own.callId] }]);
  expect((await attemptOf(own.ctx, own.callId))?.leaseUntil).toBe(own.clock.now());
  await own.takeBack();
  expect(own.twilio.updates).toEqual([{ sid: sidOf(1), status: 'canceled' }]);
  await own.endsAs('canceled');
  expect(await contactOf(own.ctx)).toMatchObject(contact);
  await own.dial([own.callId]);
  expect(own.twilio.posts).toHaveLength(1);
});

test('a window that is open takes nothing back', async () => {
  const own = await ringing();
  await cancelOutsideWindow(own.ctx, own.queue, own.campaignId);
  expect(own.queue.jobs).toEqual([]);
});

test('who has picked up is spoken to', async () => {
  const own = await ringing();
  own.twilio.update = () => twilioError(400, 21220, 'Call is not in the expected state');
  await setCampaignState(own.ctx, own.queue, { campaignId: own.campaignId, state: 'paused' });
  await own.takeBack();
  const asked = await attemptOf(own.ctx, own.callId);
  expect(asked).toMatchObject({ state: 'accepted' });
  expect(asked?.leaseUntil).toBeGreaterThan(own.clock.now());
  await own.endsAs('completed');
  expect(await contactOf(own.ctx)).toMatchObject({ state: 'done' });
});

test('a call taken back twice is taken back: the reason is kept, and the contact due again', async () => {
  const own = await ringing();
  await setCampaignState(own.ctx, own.queue, { campaignId: own.campaignId, state: 'paused' });
  await own.takeBack();
  own.twilio.update = () => twilioError(400, 21220, 'Call is not in the expected state');
  await cancelCalls(own.ctx, own.twilio.carrier, [own.callId]);
  await own.endsAs('canceled');
  expect(await contactOf(own.ctx)).toMatchObject({ state: 'due', attempts: 0 });
});

test('what the carrier could not be asked stays marked for the sweeper', async () => {
  const own = await ringing();
  own.twilio.update = () => new Response('oops', { status: 503 });
  await setCampaignState(own.ctx, own.queue, { campaignId: own.campaignId, state: 'paused' });
  await own.takeBack();
  expect(await attemptOf(own.ctx, own.callId)).toMatchObject({ cancelReason: 'campaign_paused' });
});

test('a call whose POST is still on its way is taken back when its SID is known', async () => {
  const own = await oneClaimed();
  const queue = keptQueue();
  own.twilio.create = async () => {
    await setCampaignState(own.ctx, queue, { campaignId: own.campaignId, state: 'stopped' });
    for (const { callIds } of queue.jobs) await cancelCalls(own.ctx, own.twilio.carrier, callIds);
    expect(own.twilio.updates).toEqual([]);
    return Response.json(callJson({ sid: sidOf(1) }), { status: 201 });
  };
  await own.dial([own.callId]);
  expect(own.twilio.updates).toEqual([{ sid: sidOf(1), status: 'canceled' }]);
});

test('thousands of calls are taken back in messages of twenty', async () => {
  const clock = manualClock();
  const ctx = await newTenant({ clock });
  const numbers = Array.from({ length: 45 }, (_, i) => `+1212555${String(i).padStart(4, '0')}`);
  const { id: campaignId } = await newCampaign(ctx, { numbers });
  const dialler = await newDialler(ctx, { callsPerSecond: 100 });
  await dialler.dial(await dialler.claim(campaignId));
  const queue = keptQueue();
  await setCampaignState(ctx, queue, { campaignId, state: 'stopped' });
  expect(queue.jobs.map(({ callIds }) => callIds.length)).toEqual([20, 20, 5]);
  await setCampaignState(ctx, queue, { campaignId, state: 'stopped' });
  expect(queue.jobs).toHaveLength(3);
});

/** An attempt that was given up although its call exists. */
async function givenUp() {
  const own = await oneClaimed();
  own.twilio.create = () => new Response('oops', { status: 500 });
  await own.dial([own.callId]);
  await endAttempt(own.ctx, {
    callId: own.callId,
    result: NEVER_PLACED,
    after: { state: 'due', dueAt: own.clock.now(), isCounted: false },
    onlyIn: 'unknown',
    costMicros: 0,
  });
  const seen = () => noteSeen(own.ctx, async () => own.twilio.carrier, own.callId, sidOf(9));
  return { ...own, seen };
}

test('a call that was given up and is heard of is taken up again, and nobody else dials', async () => {
  const { ctx, callId, campaignId, claim, dial, seen, twilio } = await givenUp();
  const [next = ''] = await claim(campaignId);
  await seen();
  expect(await attemptOf(ctx, callId)).toMatchObject({ state: 'accepted', twilioSid: sidOf(9) });
  expect(await attemptOf(ctx, next)).toMatchObject({ state: 'ended', result: 'superseded' });
  expect(await contactOf(ctx)).toMatchObject({ state: 'active', attempts: 1 });
  await dial([next]);
  expect(twilio.posts).toHaveLength(1);
  await seen();
  expect(twilio.updates).toEqual([]);
});

test('when the number is being called anew, the late call is taken back', async () => {
  const { ctx, callId, campaignId, claim, dial, seen, twilio } = await givenUp();
  twilio.create = () => Response.json(callJson({ sid: sidOf(2) }), { status: 201 });
  await dial(await claim(campaignId));
  await seen();
  expect(await attemptOf(ctx, callId)).toMatchObject({ state: 'ended', result: NEVER_PLACED });
  expect(twilio.updates).toEqual([{ sid: sidOf(9), status: 'canceled' }]);
});

test('a tenant that may not call any more has its campaigns paused and its calls taken back', async () => {
  const own = await ringing();
  await haltCampaigns(own.ctx, own.queue, 'The tenant is suspended.');
  const [paused] = await own.ctx.db.find(campaign);
  expect(paused).toMatchObject({ state: 'paused', pausedReason: 'The tenant is suspended.' });
  await own.takeBack();
  expect(own.twilio.updates).toEqual([{ sid: sidOf(1), status: 'canceled' }]);
});
