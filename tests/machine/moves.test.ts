import { expect, test } from 'vitest';
import { abandonMove, findMove, startMove } from '../../src/moves/start-move.ts';
import { CALM, MovingWorld, ROUGH, type Trouble } from './moving.ts';

const MOVED = 'ten_moved';
const OTHER = 'ten_other';

/** Two tenants in the first shard that have written for a while. */
async function worldOf(seed: number, trouble: Trouble = CALM): Promise<MovingWorld> {
  const world = new MovingWorld(seed, trouble);
  for (const id of [MOVED, OTHER]) {
    await world.addTenant(id, 0);
    await world.write(id, 'before', 80);
  }
  return world;
}

const toTheOther = (world: MovingWorld) => startMove(world.calm, { tenantId: MOVED, shard: 1 });

const seeds = Array.from({ length: 24 }, (_, seed) => seed);

test.each(seeds)('seed %i: a tenant that writes all the time arrives whole', async (seed) => {
  const world = await worldOf(seed, seed % 2 === 0 ? CALM : ROUGH);
  await toTheOther(world);
  const [isOver] = await Promise.all([
    world.tick(200),
    ...['a', 'b', 'c'].map((writer) => world.write(MOVED, writer, 150)),
    world.write(OTHER, 'a', 150),
  ]);
  expect(isOver).toBe(true);
  const end = await findMove(world.calm, MOVED);
  // A fault that cannot be told from a row that was lost sends the tenant back, whole.
  expect(['done', 'undone'], end.error ?? '').toContain(end.state);
  if (seed % 2 === 0) expect(end).toMatchObject({ state: 'done', error: null });
  const home = end.state === 'done' ? 1 : 0;
  expect((await world.tenant(MOVED)).dataShard).toBe(home);
  expect(await world.rows(MOVED, home)).toEqual(await world.rows(MOVED, 'plain'));
  expect(await world.rows(MOVED, home === 1 ? 0 : 1)).toEqual({});
  expect(await world.rows(OTHER, 0)).toEqual(await world.rows(OTHER, 'plain'));
  expect(await world.rows(OTHER, 1)).toEqual({});
  expect(await world.changesLeft()).toBe(0);
});

test('there and back again', async () => {
  const world = await worldOf(1);
  for (const shard of [1, 0]) {
    await startMove(world.calm, { tenantId: MOVED, shard });
    await Promise.all([world.tick(50), world.write(MOVED, `to-${shard}`, 50)]);
    expect(await findMove(world.calm, MOVED)).toMatchObject({ state: 'done', toShard: shard });
  }
  await world.write(MOVED, 'after', 50);
  expect(await world.rows(MOVED, 0)).toEqual(await world.rows(MOVED, 'plain'));
});

/** Early, in each state, and in the middle of the cut-over. */
const STATEMENTS = Array.from({ length: 30 }, (_, n) => 4 * n);

test.each(STATEMENTS)('a mover that dies at statement %i is followed by another', async (n) => {
  let left = n;
  const draw = (share: number) => share > 0 && left-- <= 0;
  const world = await worldOf(n, { ...CALM, d1Before: 1, draw });
  await toTheOther(world);
  await Promise.all([world.tick(1), world.write(MOVED, 'a', 40)]);
  await Promise.all([world.tick(50, world.calm), world.write(MOVED, 'b', 40)]);
  expect(await findMove(world.calm, MOVED)).toMatchObject({ state: 'done', error: null });
  expect(await world.rows(MOVED, 1)).toEqual(await world.rows(MOVED, 'plain'));
  expect(await world.rows(MOVED, 0)).toEqual({});
});

test.each(STATEMENTS)(
  'a mover asleep from statement %i on spoils nothing when it wakes',
  async (n) => {
    let left = n;
    let wake = () => {};
    const asleep = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const draw = (share: number) => share > 0 && left-- === 0;
    const world = await worldOf(n, { ...CALM, d1Slow: 1, draw, sleep: () => asleep });
    await toTheOther(world);
    const sleeper = world.tick(1);
    await world.write(MOVED, 'a', 20);
    world.now += 60_000;
    await Promise.all([world.tick(50, world.calm), world.write(MOVED, 'b', 40)]);
    wake();
    await Promise.all([sleeper, world.write(MOVED, 'c', 40)]);
    await world.tick(50, world.calm);
    expect(await findMove(world.calm, MOVED)).toMatchObject({ state: 'done' });
    expect(await world.rows(MOVED, 1)).toEqual(await world.rows(MOVED, 'plain'));
    expect(await world.rows(MOVED, 0)).toEqual({});
  },
);

test.each(STATEMENTS)(
  'abandoned at statement %i, it is where it was, or has arrived',
  async (n) => {
    let left = n;
    const draw = (share: number) => share > 0 && left-- <= 0;
    const world = await worldOf(n, { ...CALM, d1Before: 1, draw });
    await toTheOther(world);
    await Promise.all([world.tick(1), world.write(MOVED, 'a', 40)]);
    const isAbandoned = await abandonMove(world.calm, MOVED).then(
      () => true,
      (error) => {
        expect(error).toMatchObject({ code: 'conflict' });
        return false;
      },
    );
    await Promise.all([world.tick(50, world.calm), world.write(MOVED, 'b', 40)]);
    expect((await findMove(world.calm, MOVED)).state).toBe(isAbandoned ? 'undone' : 'done');
    const home = isAbandoned ? 0 : 1;
    expect((await world.tenant(MOVED)).dataShard).toBe(home);
    expect(await world.rows(MOVED, home)).toEqual(await world.rows(MOVED, 'plain'));
    expect(await world.rows(MOVED, isAbandoned ? 1 : 0)).toEqual({});
    expect(await world.changesLeft()).toBe(0);
  },
);

test('a cut-over that comes late, after the move was abandoned, moves nobody', async () => {
  const world = await worldOf(1);
  let wake = () => {};
  const asleep = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const { moves } = world.calm;
  const late = new Proxy(moves, {
    get: (target, name) => {
      if (name === 'cutOver') {
        return async (...args: Parameters<typeof moves.cutOver>) => {
          await asleep;
          return target.cutOver(...args);
        };
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  await toTheOther(world);
  const sleeper = world.tick(1, { ...world.calm, moves: late });
  await world.write(OTHER, 'a', 200);
  expect((await findMove(world.calm, MOVED)).state).toBe('cutting_over');
  await abandonMove(world.calm, MOVED);
  await world.tick(5, world.calm);
  wake();
  await Promise.all([sleeper, world.write(MOVED, 'a', 40)]);
  expect((await findMove(world.calm, MOVED)).state).toBe('undone');
  expect((await world.tenant(MOVED)).dataShard).toBe(0);
  expect(await world.rows(MOVED, 0)).toEqual(await world.rows(MOVED, 'plain'));
});

test('what cannot be is refused, and what is asked twice is the same move', async () => {
  const world = await worldOf(1);
  const ask = (shard: number, tenantId = MOVED) => startMove(world.calm, { tenantId, shard });
  await expect(ask(1, 'ten_nobody')).rejects.toMatchObject({ code: 'not_found' });
  await expect(ask(7)).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(ask(0)).rejects.toMatchObject({ code: 'conflict' });
  await expect(abandonMove(world.calm, MOVED)).rejects.toMatchObject({ code: 'not_found' });
  const own = await ask(1);
  expect(await ask(1)).toEqual(own);
  await expect(ask(0)).rejects.toMatchObject({ code: 'conflict' });
  expect(await world.tick(50)).toBe(true);
  await expect(ask(1)).rejects.toMatchObject({ code: 'conflict' });
  await expect(abandonMove(world.calm, MOVED)).rejects.toMatchObject({ code: 'conflict' });
  await world.suspend(OTHER);
  await expect(ask(1, OTHER)).rejects.toMatchObject({ code: 'conflict' });
});
