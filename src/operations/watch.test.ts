import { expect, test } from 'vitest';
import { ALERT_NAMES, ALERT_RULES, type AlertName, decide } from './alert-rules.ts';
import { acknowledgeAlert, editAlertRule, listAlertRules, listAlerts } from './alerts.ts';
import { measureTenant } from './measure-tenant.ts';
import { type AlertEvent, takeMeasures, tellAlerts } from './watch.ts';
import { operationsWorld, START } from './world.fixture.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function newWorld(tenant: Parameters<typeof operationsWorld>[0] = {}) {
  const world = operationsWorld(tenant);
  const told: AlertEvent[] = [];
  let isDeaf = false;
  const sink = {
    publish: async (event: AlertEvent) => {
      if (isDeaf) throw new Error('nobody hears');
      told.push(event);
    },
  };
  const { operations } = world;
  const take = async (measured: Partial<Record<AlertName, number | null>>) => {
    const known = { rules: await operations.rules(), open: await operations.open() };
    await takeMeasures(world, 'ten_a', measured, known);
  };
  return {
    ...{ ...world, told, take, tell: () => tellAlerts(world, sink) },
    deafen: (isNow: boolean) => {
      isDeaf = isNow;
    },
  };
}

test('raises once, wavers without another alert, resolves well below, and tells each change once', async () => {
  const world = newWorld();
  for (const value of [0.01, 0.06, 0.049, 0.07]) await world.take({ speech_fallback: value });
  await world.tell();
  await world.tell();
  expect(world.told).toMatchObject([
    {
      ...{ type: 'alert.raised', tenantId: 'ten_a', at: START, id: 'alt_0001:raised' },
      data: { rule: 'speech_fallback', value: 0.06, threshold: 0.05 },
    },
  ]);
  world.advance(60_000);
  await world.take({ speech_fallback: 0.039 });
  await world.tell();
  expect(world.told.map(({ type }) => type)).toEqual(['alert.raised', 'alert.resolved']);
  await world.take({ speech_fallback: 0.5 });
  await world.tell();
  expect(world.told).toHaveLength(3);
});

test('many ticks at once raise one alert and tell it once', async () => {
  const world = newWorld();
  const known = { rules: [], open: [] };
  await Promise.all(
    Array.from({ length: 6 }, () => takeMeasures(world, 'ten_a', { breaker_tripped: 2 }, known)),
  );
  await Promise.all(Array.from({ length: 6 }, () => world.tell()));
  expect(world.told).toHaveLength(1);
});

test('a sink that failed is told later, under the same id', async () => {
  const world = newWorld();
  await world.take({ recordings_failing: 3 });
  world.deafen(true);
  await expect(world.tell()).rejects.toThrow('nobody hears');
  world.deafen(false);
  world.advance(60_001);
  await world.tell();
  expect(world.told.map(({ id }) => id)).toEqual(['alt_0001:raised']);
});

test("a tenant's own threshold and switch hold for it alone", async () => {
  const world = newWorld();
  await editAlertRule(world.ctx, { name: 'abandoned_transfers', isOn: true, threshold: 0.5 });
  await world.take({ abandoned_transfers: 0.4 });
  expect(await listAlerts(world.ctx, { limit: 5 })).toEqual([]);
  await takeMeasures(
    world,
    'ten_b',
    { abandoned_transfers: 0.4 },
    { rules: await world.operations.rules(), open: [] },
  );
  expect(await world.operations.open()).toMatchObject([{ tenantId: 'ten_b' }]);
  await world.take({ abandoned_transfers: 0.6 });
  await editAlertRule(world.ctx, { name: 'abandoned_transfers', isOn: false, threshold: null });
  await world.take({ abandoned_transfers: 0.9 });
  expect(await listAlerts(world.ctx, { limit: 5 })).toMatchObject([{ resolvedAt: START }]);
  const rules = await listAlertRules(world.ctx);
  expect(rules.find(({ name }) => name === 'abandoned_transfers')).toMatchObject({
    ...{ isOn: false, threshold: 0.03, defaultThreshold: 0.03 },
  });
  expect(rules.map(({ name }) => name)).not.toContain('cron_late');
  const foreign = editAlertRule(world.ctx, { name: 'cron_late', isOn: false, threshold: null });
  await expect(foreign).rejects.toMatchObject({ code: 'not_found' });
});

test('an alert is acknowledged by the first who does, and is nobody else’s', async () => {
  const world = newWorld();
  await world.take({ breaker_tripped: 1 });
  const [own] = await listAlerts(world.ctx, { limit: 5 });
  await acknowledgeAlert(world.ctx, { id: own?.id ?? '', by: 'ann' });
  await acknowledgeAlert(world.ctx, { id: own?.id ?? '', by: 'bob' });
  expect(await listAlerts(world.ctx, { limit: 5 })).toMatchObject([{ acknowledgedBy: 'ann' }]);
  const none = acknowledgeAlert(world.ctx, { id: 'alt_none', by: 'ann' });
  await expect(none).rejects.toMatchObject({ code: 'not_found' });
});

test.each(ALERT_NAMES)('%s: raised at its threshold, resolved below its lower bound', (name) => {
  const rule = ALERT_RULES[name];
  expect(decide(rule, rule.threshold, rule.threshold, false)).toBe('raise');
  expect(decide(rule, rule.threshold, null, false)).toBe('keep');
  expect(decide(rule, rule.threshold, rule.threshold, true)).toBe('keep');
  expect(decide(rule, rule.threshold, 0, true)).toBe('resolve');
  expect(decide(rule, rule.threshold, null, true)).toBe('resolve');
});

test('measures from the figures: answers that drop, fallbacks, hand-overs, money, halted campaigns', async () => {
  const world = newWorld({ dailySpendMicros: 1_000_000 });
  const quiet = await measureTenant(world.ctx);
  expect(quiet).toEqual({
    ...{ answer_rate_drop: null, speech_fallback: null, recordings_failing: 0 },
    ...{ abandoned_transfers: null, breaker_tripped: 0, spend_near_limit: 0, spend_at_limit: 0 },
    webhook_failing: 0,
  });
  for (let i = 0; i < 100; i++) {
    const created_at = START - 2 * DAY_MS;
    world.insertCall(`before_${i}`, { created_at, status: i < 60 ? 'completed' : 'no-answer' });
  }
  for (let i = 0; i < 50; i++) {
    world.insertCall(`now_${i}`, {
      ...{ status: i < 15 ? 'completed' : 'no-answer', has_fallback: i < 5 ? 1 : 0 },
      ...{ is_transfer_tried: i < 10 ? 1 : 0, is_transferred: i < 9 ? 1 : 0 },
    });
  }
  world.data.engine.exec(`INSERT INTO dial_day VALUES ('ten_a', '2026-05-14', 1, 850000)`);
  world.data.engine.exec(`INSERT INTO recording (tenant_id, id, call_id, twilio_sid, source, state,
    created_at) VALUES ('ten_a', 'rec', 'now_1', 'RE', 'call', 'failed', ${START})`);
  for (const [id, since] of [
    ['whk_1', START - 20 * 60_000],
    ['whk_2', START - 60_000],
  ]) {
    world.data.engine.exec(`INSERT INTO webhook_endpoint (tenant_id, id, url, description, types,
      secret_sealed, state, failing_since, revision, created_by, created_at)
      VALUES ('ten_a', '${id}', 'https://x.test', '', '[]', '', 'enabled', ${since}, 1, '', 1)`);
  }
  const busy = await measureTenant(world.ctx);
  expect(busy.answer_rate_drop).toBeCloseTo(0.5);
  expect(busy).toMatchObject({
    ...{ speech_fallback: 0.1, recordings_failing: 1, spend_near_limit: 0.85 },
    webhook_failing: 1,
  });
  expect(busy.abandoned_transfers).toBeCloseTo(0.1);
});
