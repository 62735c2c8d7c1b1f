import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { manualClock, newTenant, testEnv } from '../../tests/support/tenant.ts';
import type { Clock } from '../shared/clock.ts';
import { openDatabases, shardBindings } from './databases.ts';
import { suppression } from './schema/contact.ts';

const data = shardBindings(env, 'DATA');
const row = (e164: string) => ({ e164, reason: 'manual' as const, createdAt: 1 });

/** Somebody who learned in time where the tenant is, and has not asked since. */
async function oldFriend(clock: Clock) {
  const { tenant } = await newTenant({ dataShard: 0 });
  const databases = openDatabases({ control: testEnv.CONTROL, data, events: data, clock });
  const hold = (shard: number) =>
    data[shard]
      ?.prepare("INSERT INTO tenant_gate (tenant_id, state, token) VALUES (?1, 'held', 1)")
      .bind(tenant.id)
      .run();
  const cutOver = () =>
    testEnv.CONTROL.prepare('UPDATE tenant SET data_shard = 1 WHERE id = ?1').bind(tenant.id).run();
  return { tenant, db: databases.tenantDb(tenant), hold, cutOver, databases };
}

test('what is written after the cut-over lands in the new shard only', async () => {
  const { tenant, db, hold, cutOver, databases } = await oldFriend(manualClock());
  await db.run(db.insert(suppression, row('+15550000001')));
  await hold(0);
  await cutOver();
  await db.run(db.insert(suppression, row('+15550000002')));
  await db.batch([db.insert(suppression, row('+15550000003'))]);
  const there = databases.tenantDb({ id: tenant.id, dataShard: 1 });
  expect((await there.find(suppression)).map(({ e164 }) => e164)).toEqual([
    '+15550000002',
    '+15550000003',
  ]);
  const here = databases.tenantDb({ id: tenant.id, dataShard: 0 });
  expect((await here.find(suppression)).map(({ e164 }) => e164)).toEqual(['+15550000001']);
});

test('a change of a row that only the new shard has finds it there', async () => {
  const { tenant, db, hold, cutOver, databases } = await oldFriend(manualClock());
  await hold(0);
  await cutOver();
  const there = databases.tenantDb({ id: tenant.id, dataShard: 1 });
  await there.run(there.insert(suppression, row('+15550000004')));
  const isIt = eq(suppression.e164, '+15550000004');
  expect(await db.run(db.update(suppression, { reason: 'import' }, isIt))).toBe(1);
  expect(await db.batch([db.delete(suppression, isIt)])).toEqual([[]]);
  expect(await there.find(suppression)).toEqual([]);
});

test('a write waits while the rows are held, and goes on where they are then', async () => {
  let waits = 0;
  const own = { cutOver: async () => {} };
  const { tenant, db, hold, cutOver, databases } = await oldFriend({
    now: () => 0,
    sleep: async () => {
      waits += 1;
      if (waits === 3) await own.cutOver();
    },
  });
  own.cutOver = async () => {
    await cutOver();
  };
  await hold(0);
  await db.run(db.insert(suppression, row('+15550000005')));
  expect(waits).toBe(3);
  const there = databases.tenantDb({ id: tenant.id, dataShard: 1 });
  expect(await there.find(suppression)).toHaveLength(1);
});

test('who has waited five seconds is told to try again', async () => {
  const clock = manualClock();
  const { db, hold } = await oldFriend(clock);
  await hold(0);
  const before = clock.now();
  await expect(db.run(db.insert(suppression, row('+15550000006')))).rejects.toMatchObject({
    code: 'tenant_moving',
  });
  expect(clock.now() - before).toBe(5000);
  expect(await db.find(suppression)).toEqual([]);
});
