import fc from 'fast-check';
import { expect, test } from 'vitest';
import { call } from '../../src/db/schema/call.ts';
import { attempt, dialDay, enrolment } from '../../src/db/schema/campaign.ts';
import { isTerminal } from '../../src/telephony/status.ts';
import { newCampaign } from '../support/campaign.ts';
import { type Post, REPLIES } from './carrier.ts';
import { commandsOf, execute, type Machine, progress } from './commands.ts';
import { World } from './world.ts';

/** The third contact has the number of the first. */
const NUMBERS = ['+12125550001', '+12125550002', '+12125550001'];

const NOT_PROCESSED: readonly Post['reply'][] = ['rate_limited'];

test('any order, loss and repetition of what happens: one call an attempt, one call a number, all settled', async () => {
  let runs = 0;
  const replies = new Set<string>();
  await fc.assert(
    fc.asyncProperty(commandsOf(NUMBERS), async (commands) => {
      const world = new World();
      const ctx = world.context(`ten_${runs++}`);
      const campaign = await newCampaign(ctx, { numbers: NUMBERS, retrySeconds: [60, 60] });
      const machine: Machine = { world, ctx, campaignId: campaign.id, callbacks: [] };
      for (const command of commands) {
        await execute(machine, command);
        expectOneCallANumber(world);
      }
      await comeToRest(machine);
      await expectSettled(machine);
      for (const { reply } of world.carrier.posts) replies.add(reply);
    }),
    { numRuns: Number(process.env.MACHINE_RUNS ?? 300) },
  );
  expect([...replies].sort()).toEqual([...REPLIES].sort());
}, 600_000);

function expectOneCallANumber(world: World): void {
  for (const number of new Set(NUMBERS)) {
    expect(world.carrier.liveTo(number).length).toBeLessThanOrEqual(1);
  }
}

/** Everybody works again, no callback ever comes, and nothing new is claimed. */
async function comeToRest(machine: Machine): Promise<void> {
  const { world, ctx } = machine;
  world.carrier.isDown = false;
  world.carrier.replies = [];
  for (let round = 0; round < 60; round++) {
    machine.callbacks.length = 0;
    for (const job of world.cancels.splice(0)) await world.takeBack(ctx, job);
    for (const callId of world.dials.splice(0)) await world.dial(ctx, callId);
    expectOneCallANumber(world);
    for (let i = 0; i < world.carrier.calls.size * 3; i++) progress(machine, i, true);
    await world.sweep(ctx);
    await world.ring();
    for (const report of world.reports.splice(0)) await world.applyReport(ctx, report);
    world.now += 100_000;
  }
}

async function expectSettled({ world, ctx }: Machine): Promise<void> {
  const [attempts, calls, contacts, days] = await Promise.all([
    ctx.db.find(attempt),
    ctx.db.find(call),
    ctx.db.find(enrolment),
    ctx.db.find(dialDay),
  ]);
  const { posts } = world.carrier;

  const processed = posts.filter(({ reply }) => !NOT_PROCESSED.includes(reply));
  const attemptsPosted = processed.map(({ attemptId }) => attemptId);
  expect(new Set(attemptsPosted).size).toBe(attemptsPosted.length);

  expect(attempts.filter(({ state }) => state !== 'ended')).toEqual([]);
  // What the open ones are indexed by.
  expect(attempts.filter(({ endedAt }) => endedAt === null)).toEqual([]);
  expect(contacts.filter(({ state }) => state === 'active')).toEqual([]);
  const forGood = ['campaign_stopped', 'suppressed'];
  for (const { contactId, state, reason } of contacts) {
    if (state !== 'skipped' || reason !== 'canceled') continue;
    const own = attempts.filter((one) => one.contactId === contactId);
    expect(own.some(({ cancelReason: why }) => forGood.includes(why ?? ''))).toBe(true);
  }

  const carried = [...world.carrier.calls.values()];
  const byId = (left: { id: string }, right: { id: string }) => left.id.localeCompare(right.id);
  expect(carried.every(({ status }) => isTerminal(status))).toBe(true);
  expect(
    calls
      .filter(({ twilioSid }) => twilioSid !== null)
      .map(({ id, twilioSid, status }) => ({ id, sid: twilioSid, status }))
      .sort(byId),
  ).toEqual(
    carried.map(({ attemptId, sid, status }) => ({ id: attemptId, sid, status })).sort(byId),
  );

  for (const { attemptId, createdAt } of carried) {
    const events = await ctx.events.read(attemptId, createdAt, world.now);
    const types = events.map(({ type }) => type);
    for (const type of ['call.queued', 'twilio.dial.request', 'twilio.dial.accepted']) {
      expect(types.filter((one) => one === type)).toEqual([type]);
    }
    expect(types).toContain('call.finished');
  }

  const gone = attempts.filter(({ dialingAt, result }) => dialingAt !== null && result !== '20003');
  for (const { id, createdAt } of gone) {
    const types = (await ctx.events.read(id, createdAt, world.now)).map(({ type }) => type);
    for (const type of ['pacer.reserved', 'twilio.dial.request', 'call.finished']) {
      expect(types).toContain(type);
    }
  }

  const counted = attempts.filter(({ id, dialDay: day, result, cancelReason }) => {
    const status = calls.find((one) => one.id === id)?.status;
    const isTakenBack =
      status === 'canceled' &&
      (cancelReason === 'campaign_paused' || cancelReason === 'window_closed');
    return day !== null && result !== 'never_placed' && result !== '20003' && !isTakenBack;
  });
  expect(days.reduce((sum, day) => sum + day.attempts, 0)).toBe(counted.length);
  const spent = carried.filter(({ status }) => status === 'completed').length * 14_000;
  expect(days.reduce((sum, day) => sum + day.spentMicros, 0)).toBe(spent);
}
