import fc from 'fast-check';
import { expect, test } from 'vitest';
import { setCampaignState } from '../../src/campaigns/set-state.ts';
import { suppressNumber } from '../../src/contacts/suppress-number.ts';
import { newCampaign } from '../support/campaign.ts';
import { World } from './world.ts';

const NUMBER = '+12125550001';
const STOPS = ['paused', 'stopped', 'suppressed'] as const;

test('10,000 races of pause, stop and opt-out against a dial: no POST after their commit', async () => {
  const world = new World();
  let tenants = 0;
  const wins = { dial: 0, stop: 0 };
  const round = async (scheduler: fc.Scheduler, stop: (typeof STOPS)[number], lag: number) => {
    const ctx = world.context(`ten_${tenants++}`);
    const campaign = await newCampaign(ctx, { numbers: [NUMBER] });
    await world.claim(ctx, campaign.id);
    const [ready] = await world.prepare(ctx, world.dials.pop() ?? '');
    if (ready === undefined) throw new Error('nothing to dial');
    const first = { commit: world.committed.length, post: world.carrier.posts.length };

    world.pause = () => scheduler.schedule(Promise.resolve());
    const steps = async (n: number) => {
      for (let i = 0; i < n; i++) await world.pause();
    };
    const dialling = async () => {
      await steps(-lag);
      await world.dialReady(ctx, ready);
    };
    const stopping = async () => {
      await steps(lag);
      if (stop !== 'suppressed') {
        await setCampaignState(ctx, world.cancelQueue, { campaignId: campaign.id, state: stop });
      } else {
        await suppressNumber(ctx, world.cancelQueue, { e164: NUMBER, reason: 'manual' });
      }
    };
    await scheduler.waitFor(Promise.all([dialling(), stopping()]));
    world.pause = async () => {};

    const commits = world.committed.slice(first.commit);
    const gateAt = commits.findIndex(({ text, changes }) => isGate(text) && changes > 0);
    const stopAt = commits.findIndex(({ text }) => isStop(text));
    const posts = world.carrier.posts.slice(first.post);
    expect(stopAt).toBeGreaterThanOrEqual(0);
    expect(posts).toHaveLength(gateAt >= 0 && gateAt < stopAt ? 1 : 0);
    wins[posts.length === 1 ? 'dial' : 'stop'] += 1;

    for (const job of world.cancels.splice(0)) await world.takeBack(ctx, job);
    expect(world.carrier.liveTo(NUMBER)).toEqual([]);
    world.carrier.calls.clear();
  };
  const lags = fc.integer({ min: -6, max: 6 });
  await fc.assert(fc.asyncProperty(fc.scheduler(), fc.constantFrom(...STOPS), lags, round), {
    numRuns: 10_000,
  });
  expect(wins.dial).toBeGreaterThan(2_000);
  expect(wins.stop).toBeGreaterThan(2_000);
}, 120_000);

const isGate = (text: string) => text.startsWith("UPDATE attempt SET state = 'dialing'");
const isStop = (text: string) =>
  text.startsWith('UPDATE campaign SET state') || text.startsWith('INSERT INTO suppression');
