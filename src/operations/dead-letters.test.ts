import { expect, test } from 'vitest';
import {
  discardDeadLetter,
  listDeadLetters,
  replayDeadLetter,
  replayQueue,
} from './dead-letters.ts';
import { operationsWorld, START } from './world.fixture.ts';

function newWorld(bodies: readonly (readonly [string, unknown])[]) {
  const world = operationsWorld();
  for (const [i, [queue, body]] of bodies.entries()) {
    world.control.engine
      .prepare('INSERT INTO dead_letter (id, queue, tenant_id, body, at) VALUES (?, ?, ?, ?, ?)')
      .run(`m${i}`, queue, 'ten_a', JSON.stringify(body), START + i);
  }
  const sent: unknown[] = [];
  let isFull = false;
  const dial = {
    send: async (body: unknown) => {
      if (isFull) throw new Error('the queue is full');
      sent.push(body);
    },
  };
  return {
    ...world,
    sent,
    deps: { letters: world.letters, clock: world.clock, queues: { 'destiny-dial': dial } },
    fill: (isNow: boolean) => {
      isFull = isNow;
    },
  };
}

const list = (world: ReturnType<typeof newWorld>, isWaiting = true) =>
  listDeadLetters(world.letters, { isWaiting, limit: 50 });

test('lists newest first, with secrets and words masked', async () => {
  const world = newWorld([
    ['destiny-dial', { callId: 'call_1' }],
    ['destiny-ledger', { tokenSealed: 'x', utterances: [{ node: 'start', text: 'my name' }] }],
  ]);
  const rows = await list(world);
  expect(rows.map(({ id }) => id)).toEqual(['m1', 'm0']);
  expect(rows[0]?.body).toEqual({
    tokenSealed: '***',
    utterances: [{ node: 'start', text: '***' }],
  });
  const own = await listDeadLetters(world.letters, {
    ...{ isWaiting: true, limit: 5, queue: 'destiny-dial', tenantId: 'ten_a', before: START + 1 },
  });
  expect(own.map(({ id }) => id)).toEqual(['m0']);
});

test('of many who replay one at once, one sends it, unmasked', async () => {
  const world = newWorld([['destiny-dial', { token: 'whole' }]]);
  const tries = Array.from({ length: 8 }, () => replayDeadLetter(world.deps, 'm0'));
  const done = await Promise.allSettled(tries);
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(world.sent).toEqual([{ token: 'whole' }]);
  await expect(replayDeadLetter(world.deps, 'm0')).rejects.toMatchObject({ code: 'conflict' });
  expect(await list(world)).toEqual([]);
  expect(await list(world, false)).toMatchObject([{ id: 'm0', replayedAt: START }]);
});

test('a queue that takes nothing loses nothing', async () => {
  const world = newWorld([['destiny-dial', { n: 1 }]]);
  world.fill(true);
  await expect(replayDeadLetter(world.deps, 'm0')).rejects.toMatchObject({ code: 'internal' });
  expect(await list(world)).toHaveLength(1);
  world.fill(false);
  await replayDeadLetter(world.deps, 'm0');
  expect(world.sent).toEqual([{ n: 1 }]);
});

test('who died between sending and noting it leaves it to the next, a minute later', async () => {
  const world = newWorld([['destiny-dial', { n: 1 }]]);
  expect(await world.letters.lease('m0', START, START + 60_000)).toMatchObject({ id: 'm0' });
  await expect(replayDeadLetter(world.deps, 'm0')).rejects.toMatchObject({ code: 'conflict' });
  world.advance(60_001);
  await replayDeadLetter(world.deps, 'm0');
  expect(world.sent).toHaveLength(1);
});

test('replays a whole queue and leaves the others', async () => {
  const world = newWorld([
    ['destiny-dial', 1],
    ['destiny-ledger', 2],
    ['destiny-dial', 3],
  ]);
  expect(await replayQueue(world.deps, 'destiny-dial')).toBe(2);
  expect(await replayQueue(world.deps, 'destiny-dial')).toBe(0);
  expect((await list(world)).map(({ queue }) => queue)).toEqual(['destiny-ledger']);
  await expect(replayQueue(world.deps, 'no-queue')).rejects.toMatchObject({ code: 'not_found' });
});

test('what was discarded is kept with its reason and never sent', async () => {
  const world = newWorld([['destiny-dial', 1]]);
  await discardDeadLetter(world.deps, { id: 'm0', reason: 'of a test' });
  await expect(replayDeadLetter(world.deps, 'm0')).rejects.toMatchObject({ code: 'conflict' });
  const again = discardDeadLetter(world.deps, { id: 'm0', reason: 'twice' });
  await expect(again).rejects.toMatchObject({ code: 'conflict' });
  expect(await list(world, false)).toMatchObject([{ discardReason: 'of a test' }]);
  expect(await world.letters.waiting()).toEqual([]);
});
