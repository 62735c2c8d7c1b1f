import { expect, test } from 'vitest';
import { newTextWorld, PEER } from './texts.ts';
import { World } from './world.ts';

const LATER_MS = 700_000;
async function begin() {
  const world = new World();
  const ctx = world.context('ten_texts');
  return { world, ctx, own: await newTextWorld(world, ctx) };
}

const WITHIN = { timeout: 60_000 };

test.each([false, true])(
  'killed at any step (reply lost: %s): one text, and its end',
  WITHIN,
  async (isLost) => {
    for (let steps = 1, isWhole = false; !isWhole; steps++) {
      const { world, own } = await begin();
      if (isLost) own.loseNextReply();
      await world.upTo(steps, async () => {
        await own.claim();
        await own.work();
        isWhole = true;
      });
      own.jobs.splice(0);
      for (let round = 0; round < 3; round++) {
        world.now += LATER_MS;
        await own.claim();
        await own.sweep();
        await own.work();
      }
      await own.deliver();
      expect({ steps, texts: own.made.length }).toEqual({ steps, texts: 1 });
      expect(await own.contact()).toMatchObject({
        state: 'done',
        reason: 'delivered',
        attempts: 1,
      });
    }
  },
);

test(
  'killed at any step of the end: the contact is done, and what was answered stands with him',
  WITHIN,
  async () => {
    for (let steps = 1, isWhole = false; !isWhole; steps++) {
      const { world, own } = await begin();
      await own.claim();
      await own.work();
      await world.upTo(steps, async () => {
        await own.deliver();
        await own.receive('1');
        await own.work();
        isWhole = true;
      });
      await own.deliver();
      await own.receive('1');
      world.now += LATER_MS;
      await own.sweep();
      await own.work();
      expect({ steps, ...(await own.contact()) }).toMatchObject({
        ...{ steps, state: 'done', reason: 'confirmed' },
      });
      expect(own.made.map(({ to }) => to)).toEqual([PEER, PEER]);
    }
  },
);

test(
  'STOP at any step before the gate: either the text had left, or it never does',
  WITHIN,
  async () => {
    const seen = new Set<number>();
    for (let steps = 1, isWhole = false; !isWhole; steps++) {
      const { world, own } = await begin();
      await world.upTo(steps, async () => {
        await own.claim();
        await own.work();
        isWhole = true;
      });
      const before = own.made.length;
      await own.receive('STOP');
      own.jobs.splice(0);
      for (let round = 0; round < 3; round++) {
        world.now += LATER_MS;
        await own.claim();
        await own.sweep();
        await own.work();
      }
      expect({ steps, texts: own.made.length }).toEqual({ steps, texts: before });
      seen.add(before);
    }
    expect([...seen].sort()).toEqual([0, 1]);
  },
);
