import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sqliteD1 } from '../../tests/support/sqlite.ts';
import { applyReport } from '../calls/apply-report.ts';
import { edgeKey } from '../calls/call-marks.ts';
import type { LedgerReport } from '../calls/session-types.ts';
import { type CallEvent, EventStore } from '../db/event-store.ts';
import { TenantDb } from '../db/tenant-db.ts';
import type { TenantContext } from '../tenants/context.ts';
import { DAY_MS, NOTHING } from './definitions.ts';
import { readCampaigns, readEdges, readOutcomes } from './read-campaigns.ts';
import { readHeatmap, readSeries } from './read-series.ts';
import { readSummary } from './read-summary.ts';
import { checkDay, rebuildDay } from './recount.ts';

const NOW = Date.parse('2026-05-14T14:07:00Z');

type World = {
  readonly ctx: TenantContext;
  readonly db: TenantDb;
  readonly events: EventStore;
  readonly query: (sql: string) => Record<string, unknown>[];
};

function newWorld(tenantId = 'ten_a'): World {
  const data = sqliteD1('migrations/data');
  const db = new TenantDb(data, tenantId);
  const events = new EventStore([sqliteD1('migrations/events')], tenantId);
  const clock = { now: () => NOW, sleep: async () => {} };
  const ctx = { db, events, clock, tenant: { id: tenantId, timeZone: 'America/New_York' } };
  for (const kind of ['list', 'single', 'test']) {
    data.engine.exec(`INSERT INTO campaign (tenant_id, id, name, kind, state, script_id, script_version,
      from_number, time_zone, opens_minute, closes_minute, retry_seconds, variables, is_primed, created_at)
      VALUES ('${tenantId}', 'cmp_${kind}', 'The ${kind}', '${kind}', 'running', 'scr', 1, '+1', 'UTC', 0,
      1440, '[]', '{}', 1, 0)`);
  }
  const query = (sql: string) => data.engine.prepare(sql).all() as Record<string, unknown>[];
  return { ctx: ctx as unknown as TenantContext, db, events, query };
}

async function insertCall(
  { db }: World,
  id: string,
  campaignId: string | null,
  createdAt = NOW - 60_000,
): Promise<void> {
  const direction = campaignId === null ? 'inbound' : 'outbound';
  await db.run(
    db.raw(
      `INSERT INTO call (tenant_id, id, direction, campaign_id, script_id, script_version, from_number,
        to_number, status, turns, applied_up_to, created_at)
       VALUES (?1, ?2, ?3, ?4, 'scr', 1, '+12125550100', '+12125550101', 'queued', 0, 0, ?5)`,
      ...[id, direction, campaignId, createdAt],
    ),
  );
}

function report(callId: string, upTo: number, own: Partial<LedgerReport['call']>): LedgerReport {
  return {
    ...{ tenantId: 'ten_a', callId, upTo, events: [], utterances: [], isSuppressed: false },
    ...{ recordings: [], texts: [], inbound: null },
    call: {
      ...{ status: 'completed', twilioSid: 'CA1', outcome: null, answeredAt: NOW, endedAt: NOW },
      ...{ durationSeconds: 30, errorCode: null, answeredBy: null, turns: 1 },
      ...own,
    },
  };
}

const said = (types: readonly (readonly [string, Record<string, unknown>?])[]): CallEvent[] =>
  types.map(([type, detail = {}], n) => ({ source: 'session', n, at: NOW, type, detail }));

const TODAY = NOW - (NOW % DAY_MS);

test('counts each call by the words of its definitions', async () => {
  const world = newWorld();
  const ends: readonly (readonly [string | null, Partial<LedgerReport['call']>])[] = [
    ['cmp_list', { outcome: 'confirmed' }],
    ['cmp_list', { outcome: 'confirmed', answeredBy: 'human' }],
    ['cmp_list', { answeredBy: 'unknown' }],
    ['cmp_list', { answeredBy: 'machine_end_beep', outcome: 'voicemail' }],
    ['cmp_list', { answeredBy: 'fax' }],
    ['cmp_list', { status: 'busy', answeredAt: null, durationSeconds: null }],
    ['cmp_single', { status: 'no-answer' }],
    ['cmp_list', { status: 'canceled' }],
    ['cmp_list', { status: 'failed', twilioSid: null }],
    ['cmp_list', { status: 'in-progress', endedAt: null }],
    ['cmp_test', { outcome: 'confirmed' }],
    [null, { outcome: 'transferred' }],
  ];
  for (const [i, [campaignId, own]] of ends.entries()) {
    await insertCall(world, `call_${i}`, campaignId);
    await applyReport(world.db, world.events, report(`call_${i}`, 1, own), NOW);
  }
  const { current } = await readSummary(world.ctx, { period: '24h' });
  expect(current.outbound).toMatchObject({
    ...{ finished: 7, answered: 3, machine: 2, busy: 1, noAnswer: 1, failed: 0, confirmed: 2 },
    seconds: 180,
  });
  expect(current.inbound).toMatchObject({ finished: 1, answered: 1 });
  expect(current.rates).toMatchObject({ answerRate: 3 / 7, confirmationRate: 2 / 3 });
  expect(current.rates.abandonedTransferRate).toBeNull();
  expect(await readOutcomes(world.ctx, { period: '24h' })).toContainEqual({
    outcome: 'confirmed',
    calls: 2,
  });
  const [list] = await readCampaigns(world.ctx, { period: '7d' });
  expect(list).toMatchObject({ campaignId: 'cmp_list', name: 'The list', finished: 6 });
  expect(await checkDay(world.ctx, TODAY)).toBe(0);
});

test('moves a figure when a verdict, an outcome or a duration comes late', async () => {
  const world = newWorld();
  await insertCall(world, 'call_1', 'cmp_list');
  const apply = (upTo: number, own: Partial<LedgerReport['call']>) =>
    applyReport(world.db, world.events, report('call_1', upTo, own), NOW);
  const now = async () => (await readSummary(world.ctx, { period: '24h' })).current.outbound;
  await apply(1, { durationSeconds: null });
  expect(await now()).toMatchObject({ answered: 1, confirmed: 0, seconds: 0 });
  await apply(2, { outcome: 'confirmed', durationSeconds: 61 });
  expect(await now()).toMatchObject({ answered: 1, confirmed: 1, seconds: 61 });
  await apply(1, { durationSeconds: null });
  await apply(3, { outcome: 'voicemail', durationSeconds: 61, answeredBy: 'machine_start' });
  expect(await now()).toMatchObject({ finished: 1, answered: 0, confirmed: 0, machine: 1 });
  expect(await readOutcomes(world.ctx, { period: '24h' })).toEqual([
    { outcome: 'voicemail', calls: 1 },
  ]);
});

test('counts the callers of each edge once, and hand-overs and fallbacks from the events', async () => {
  const world = newWorld();
  const events = said([
    ['flow.enter', { node: 'start' }],
    ['flow.no_match', { node: 'start' }],
    ['flow.match', { node: 'start', trigger: 'yes', target: 'agent' }],
    ['tts.fallback', { sentences: 1 }],
    ['flow.enter', { node: 'agent' }],
    ['transfer.start', { to: '+1' }],
    ['transfer.answered'],
  ]);
  for (const callId of ['call_1', 'call_2']) {
    await insertCall(world, callId, 'cmp_list');
    const done = { ...report(callId, 1, {}), events };
    for (let i = 0; i < 3; i++) await applyReport(world.db, world.events, done, NOW);
  }
  const edges = await readEdges(world.ctx, { period: '24h', scriptId: 'scr', version: 1 });
  expect(edges).toHaveLength(3);
  expect(edges).toContainEqual({ from: 'start', trigger: 'yes', to: 'agent', callers: 2 });
  expect(edges).toContainEqual({ from: null, trigger: null, to: 'start', callers: 2 });
  const { current } = await readSummary(world.ctx, { period: '24h' });
  expect(current.outbound).toMatchObject({ transferTried: 2, transferred: 2, fallback: 2 });
  expect(edgeKey({ from: 'a', trigger: null, to: 'b' })).toBe('["a",null,"b"]');
});

test('a rebuild finds and mends what is not as the ledger says', async () => {
  const world = newWorld();
  await insertCall(world, 'call_1', 'cmp_list');
  await applyReport(world.db, world.events, report('call_1', 1, {}), NOW);
  world.query('UPDATE figure_day SET answered = 9');
  world.query(
    `INSERT INTO figure_quarter (tenant_id, at, kind, busy) VALUES ('ten_a', ${TODAY}, 'test', 1)`,
  );
  world.query(
    `INSERT INTO figure_day (tenant_id, at, kind, busy) VALUES ('ten_b', ${TODAY}, 'test', 1)`,
  );
  expect(await checkDay(world.ctx, TODAY)).toBe(3);
  await rebuildDay(world.ctx, TODAY);
  expect(await checkDay(world.ctx, TODAY)).toBe(0);
  expect(world.query(`SELECT busy FROM figure_day WHERE tenant_id = 'ten_b'`)).toEqual([
    { busy: 1 },
  ]);
});

test('a call that ends writes one row a table, with an estimate of its cost', async () => {
  const world = newWorld();
  const writes = () =>
    ['figure_quarter', 'figure_day', 'figure_campaign'].map(
      (table) => world.query(`SELECT count(*) AS n FROM ${table}`)[0]?.n,
    );
  await insertCall(world, 'call_1', 'cmp_list');
  expect(writes()).toEqual([0, 0, 0]);
  await applyReport(world.db, world.events, report('call_1', 1, {}), NOW);
  expect(writes()).toEqual([1, 1, 1]);
  expect(world.query('SELECT cost_micros, minutes, priced FROM figure_day')).toEqual([
    { cost_micros: 14_000, minutes: 1, priced: 0 },
  ]);
});

test('fills what had no calls with zeros and a null rate', async () => {
  const { ctx } = newWorld();
  const series = await readSeries(ctx, { period: '30d' });
  expect(series.length).toBeGreaterThanOrEqual(30);
  expect(series[0]).toMatchObject({ ...NOTHING, answerRate: null });
  expect(await readSeries(ctx, { period: '24h' })).toHaveLength(25);
  const cells = await readHeatmap(ctx, { period: '7d' });
  expect(cells).toHaveLength(168);
  expect(cells[167]).toEqual({ weekday: 6, hour: 23, finished: 0, answered: 0, answerRate: null });
});

test('puts calls at the hour of the tenant, in the series and on the map', async () => {
  const world = newWorld();
  await insertCall(world, 'call_1', 'cmp_list', NOW);
  await applyReport(world.db, world.events, report('call_1', 1, {}), NOW);
  const cells = await readHeatmap(world.ctx, { period: '24h' });
  expect(cells.filter(({ finished }) => finished > 0)).toEqual([
    { weekday: 4, hour: 10, finished: 1, answered: 1, answerRate: 1 },
  ]);
  expect((await readSeries(world.ctx, { period: '24h' })).at(-1)?.finished).toBe(1);
});

const ownStates = fc.record({
  status: fc.constantFrom('in-progress', 'completed', 'busy', 'no-answer', 'canceled', 'failed'),
  outcome: fc.constantFrom(null, 'confirmed', 'voicemail', "o'clock"),
  endedAt: fc.constantFrom(null, NOW),
  twilioSid: fc.constantFrom(null, 'CA1'),
  durationSeconds: fc.constantFrom(null, 0, 1, 60, 61),
  answeredBy: fc.constantFrom(null, 'human', 'unknown', 'fax', 'machine_start'),
});
const steps = fc.array(
  fc.record({
    call: fc.nat(5),
    upTo: fc.integer({ min: 1, max: 6 }),
    own: ownStates,
    price: fc.option(fc.integer({ min: 0, max: 90_000 })),
    isRebuilt: fc.boolean(),
  }),
  { maxLength: 25 },
);

test('whatever reports come in whatever order, the figures are those of the ledger', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (deliveries) => {
      const world = newWorld();
      const campaigns = ['cmp_list', 'cmp_single', 'cmp_test', null, 'cmp_list', null];
      for (const [i, campaignId] of campaigns.entries()) {
        await insertCall(world, `call_${i}`, campaignId, TODAY + i * 400_000);
      }
      for (const { call, upTo, own, price, isRebuilt } of deliveries) {
        const given = report(`call_${call}`, upTo, own as Partial<LedgerReport['call']>);
        await applyReport(world.db, world.events, given, NOW);
        if (price !== null) {
          const set = 'UPDATE call SET cost_micros = ?3, is_cost_final = 1';
          await world.db.run(
            world.db.raw(`${set} WHERE tenant_id = ?1 AND id = ?2`, `call_${call}`, price),
          );
        }
        if (isRebuilt) await rebuildDay(world.ctx, TODAY);
        expect(await checkDay(world.ctx, TODAY)).toBe(0);
      }
    }),
    { numRuns: 60 },
  );
});
