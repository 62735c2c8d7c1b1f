import { expect, test } from 'vitest';
import { measureTenant } from './measure-tenant.ts';
import { operationsWorld } from './world.fixture.ts';

const DAY_MS = 86_400_000;

function newWorld() {
  const world = operationsWorld();
  for (const id of ['cmp_good', 'cmp_bad', 'cmp_small']) {
    world.data.engine
      .prepare(
        `INSERT INTO campaign (tenant_id, id, name, kind, state, script_id, script_version,
           from_number, time_zone, opens_minute, closes_minute, retry_seconds, variables, is_primed,
           created_at)
         VALUES ('ten_a', ?, 'C', 'list', 'running', 'scr', 1, '+12125550100', 'UTC', 540, 1200,
           '[]', '{}', 1, 0)`,
      )
      .run(id);
  }
  let calls = 0;
  const handOver = (campaign: string, tried: number, reached: number, daysAgo: number) => {
    for (let i = 0; i < tried; i++) {
      calls += 1;
      const at = world.ctx.clock.now() - daysAgo * DAY_MS;
      world.insertCall(`call_${calls}`, {
        ...{ campaign_id: campaign, created_at: at, ended_at: at },
        ...{ is_transfer_tried: 1, is_transferred: i < reached ? 1 : 0 },
      });
    }
  };
  const abandoned = async () => (await measureTenant(world.ctx)).abandoned_transfers;
  return { handOver, abandoned };
}

test('abandoned transfers are those of the worst campaign of thirty days', async () => {
  const { handOver, abandoned } = newWorld();
  expect(await abandoned()).toBe(null);
  handOver('cmp_good', 100, 100, 1);
  expect(await abandoned()).toBe(0);
  handOver('cmp_bad', 20, 19, 20);
  expect(await abandoned()).toBe(0.05);
});

test('a few say nothing, nor what lies more than thirty days back', async () => {
  const { handOver, abandoned } = newWorld();
  handOver('cmp_small', 9, 0, 1);
  handOver('cmp_bad', 20, 0, 32);
  expect(await abandoned()).toBe(null);
});
