import { expect, test } from 'vitest';
import { checkDay } from '../analytics/recount.ts';
import type { CarrierCall } from '../telephony/carrier.ts';
import { priceCalls } from './price-calls.ts';
import { operationsWorld, START } from './world.fixture.ts';

const MINUTE_MS = 60_000;

function newWorld() {
  const world = operationsWorld();
  const prices = new Map<string, string | null>();
  const asked: string[] = [];
  const carrier = async () => ({
    fetchCall: async (sid: string) => {
      asked.push(sid);
      const price = prices.get(sid) ?? null;
      return { price, priceUnit: 'USD' } as CarrierCall;
    },
  });
  return { ...world, prices, asked, run: (most = 50) => priceCalls(world.ctx, carrier, most) };
}

const costs = (world: ReturnType<typeof newWorld>) =>
  world.rows(world.data, 'SELECT id, cost_micros AS cost, is_cost_final AS final FROM call');

test('asks at 15 minutes, again when there was no price yet, and never after it is known', async () => {
  const world = newWorld();
  world.insertCall('call_1');
  expect(await world.run()).toBe(0);
  world.advance(15 * MINUTE_MS);
  expect(await world.run()).toBe(1);
  expect(await world.run()).toBe(0);
  world.prices.set('CA_call_1', '-0.00850');
  world.advance(45 * MINUTE_MS);
  await world.run();
  expect(costs(world)).toEqual([{ id: 'call_1', cost: 8500, final: 1 }]);
  world.advance(3000 * MINUTE_MS);
  await world.run();
  expect(world.asked).toHaveLength(2);
  const day = START - (START % 86_400_000);
  expect(await checkDay(world.ctx, day)).toBe(0);
  const [used] = world.rows(world.data, 'SELECT cost_micros, priced FROM figure_day');
  expect(used).toEqual({ cost_micros: 8500, priced: 1 });
});

test('a price corrects what the day has spent, once', async () => {
  const world = newWorld();
  world.insertCall('call_1');
  world.data.engine.exec(`INSERT INTO attempt (tenant_id, id, campaign_id, contact_id, e164, ordinal,
    state, lease_until, dial_day, cost_micros, created_at, ended_at)
    VALUES ('ten_a', 'call_1', 'cmp', 'con', '+1', 1, 'ended', 1, '2026-05-14', 14000, 1, 1)`);
  world.data.engine.exec(`INSERT INTO dial_day VALUES ('ten_a', '2026-05-14', 1, 100000)`);
  world.prices.set('CA_call_1', '-0.02');
  world.advance(15 * MINUTE_MS);
  await world.run();
  world.advance(45 * MINUTE_MS);
  await world.run();
  expect(world.rows(world.data, 'SELECT spent_micros FROM dial_day')).toEqual([
    { spent_micros: 106_000 },
  ]);
  expect(world.rows(world.data, 'SELECT cost_micros FROM attempt')).toEqual([
    { cost_micros: 20_000 },
  ]);
});

test('walks over every call in pages, and past those that cost nothing', async () => {
  const world = newWorld();
  for (let i = 0; i < 7; i++) {
    world.insertCall(`call_${i}`, {
      created_at: START + Math.floor(i / 2),
      status: i === 3 ? 'busy' : 'completed',
    });
    world.prices.set(`CA_call_${i}`, '-0.01');
  }
  world.advance(16 * MINUTE_MS);
  for (let i = 0; i < 6; i++) await world.run(3);
  expect(costs(world).filter(({ final }) => final === 1)).toHaveLength(6);
  expect(new Set(world.asked).size).toBe(6);
  expect(world.asked).not.toContain('CA_call_3');
});

test('a price in another currency, or none that is a number, leaves the estimate', async () => {
  const world = newWorld();
  world.insertCall('call_1');
  world.prices.set('CA_call_1', 'a lot');
  world.advance(15 * MINUTE_MS);
  await world.run();
  expect(costs(world)).toEqual([{ id: 'call_1', cost: 14_000, final: 0 }]);
});

test('a carrier that fails moves nothing on: the calls are asked about again', async () => {
  const world = newWorld();
  world.insertCall('call_1');
  world.advance(15 * MINUTE_MS);
  const broken = async () => ({ fetchCall: () => Promise.reject(new Error('no answer')) });
  await expect(priceCalls(world.ctx, broken, 5)).rejects.toThrow('no answer');
  expect(await world.run()).toBe(0);
  world.advance(3 * MINUTE_MS);
  expect(await world.run()).toBe(1);
});
