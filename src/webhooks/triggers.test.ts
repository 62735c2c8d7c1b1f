import { expect, test } from 'vitest';
import { ROW_TYPES } from './event-types.ts';
import { publishStatement } from './publish.ts';
import { START, webhookWorld } from './world.fixture.ts';

const CALL = `INSERT INTO call (tenant_id, id, direction, campaign_id, contact_id, script_id,
  script_version, from_number, to_number, status, turns, applied_up_to, created_at)
  VALUES ('ten_a', 'call_1', 'outbound', 'cmp_1', 'con_1', 'scr', 1, '+12125550100', '+12125550101',
  'queued', 0, 0, ${START})`;
const message = (id: string, direction: string) => `INSERT INTO message (tenant_id, id, thread_id,
  direction, purpose, from_number, to_number, body, encoding, segments, state, created_at)
  VALUES ('ten_a', '${id}', 'thr_1', '${direction}', 'single', '+1', '+2', 'it''s "me"', 'GSM-7', 1,
  '${direction === 'inbound' ? 'received' : 'waiting'}', ${START})`;
const recording = (id: string) => `INSERT INTO recording (tenant_id, id, call_id, twilio_sid,
  source, state, created_at) VALUES ('ten_a', '${id}', 'call_1', '${id}', 'call', 'pending', 1)`;
const campaign = (kind: string) => `INSERT INTO campaign (tenant_id, id, name, kind, state,
  script_id, script_version, from_number, time_zone, opens_minute, closes_minute, retry_seconds,
  variables, is_primed, created_at) VALUES ('ten_a', 'cmp_${kind}', 'May', '${kind}', 'draft', 'scr',
  1, '+1', 'UTC', 540, 1200, '[]', '{}', 1, 0)`;
const upload = (id: string) => `INSERT INTO contact_import (tenant_id, id, name, kind, state, bytes,
  cursor, line, added, changed, duplicates, rejected, created_at) VALUES ('ten_a', '${id}', 'May',
  'contacts', 'running', 0, 0, 0, 0, 0, 0, 0, 1)`;
const becomes = (table: string, id: string, state: string) =>
  `UPDATE ${table} SET state = '${state}' WHERE id = '${id}'`;

/** Everything that makes the message of each type once, in the order of the types. */
const DEEDS: Readonly<Record<string, readonly string[]>> = {
  'call.answered': [CALL, `UPDATE call SET answered_at = ${START}`, 'UPDATE call SET turns = 2'],
  'call.outcome': [
    "UPDATE call SET outcome = 'confirmed'",
    "UPDATE call SET outcome = 'confirmed', turns = 3",
  ],
  'call.finished': [
    `UPDATE call SET status = 'completed', ended_at = ${START + 9}, duration_seconds = 9`,
    `UPDATE call SET ended_at = ${START + 9}, cost_micros = 1`,
  ],
  'message.received': [message('msg_in', 'inbound'), message('msg_1', 'outbound')],
  'message.delivered': [
    becomes('message', 'msg_1', 'delivered'),
    becomes('message', 'msg_1', 'delivered'),
  ],
  'message.undelivered': [message('msg_2', 'outbound'), becomes('message', 'msg_2', 'undelivered')],
  'message.failed': [message('msg_3', 'outbound'), becomes('message', 'msg_3', 'failed')],
  'recording.stored': [recording('rec_1'), becomes('recording', 'rec_1', 'stored')],
  'recording.failed': [recording('rec_2'), becomes('recording', 'rec_2', 'failed')],
  'suppression.added': [
    `INSERT INTO suppression (tenant_id, e164, reason, created_at) VALUES ('ten_a', '+1', 'manual', 1)`,
    `INSERT INTO suppression (tenant_id, e164, reason, created_at) VALUES ('ten_a', '+1', 'manual', 2)
     ON CONFLICT DO NOTHING`,
  ],
  'suppression.lifted': ["DELETE FROM suppression WHERE e164 = '+1'"],
  'campaign.scheduled': [
    campaign('list'),
    campaign('single'),
    "UPDATE campaign SET state = 'scheduled'",
  ],
  'campaign.running': ["UPDATE campaign SET state = 'running'"],
  'campaign.paused': ["UPDATE campaign SET state = 'paused'"],
  'campaign.stopped': ["UPDATE campaign SET state = 'stopped'"],
  'campaign.finished': ["UPDATE campaign SET state = 'finished'"],
  'import.done': [upload('imp_1'), becomes('contact_import', 'imp_1', 'done')],
  'import.failed': [upload('imp_2'), becomes('contact_import', 'imp_2', 'failed')],
};

test('each type is told once for each change, to whoever wants it', async () => {
  const world = webhookWorld();
  const all = await world.endpoint();
  const some = await world.endpoint(['call.finished', 'campaign.paused']);
  for (const { name } of ROW_TYPES) {
    for (const sql of DEEDS[name] ?? []) world.exec(sql);
  }
  const told = world.rows(
    `SELECT type FROM webhook_delivery WHERE endpoint_id = '${all.endpoint.id}' ORDER BY rowid`,
  );
  expect(told.map(({ type }) => type)).toEqual(ROW_TYPES.map(({ name }) => name));
  const few = world.rows(
    `SELECT type FROM webhook_delivery WHERE endpoint_id = '${some.endpoint.id}' ORDER BY rowid`,
  );
  expect(few.map(({ type }) => type)).toEqual(['call.finished', 'campaign.paused']);
});

test('a message holds the row as the change left it, and its time', async () => {
  const world = webhookWorld();
  await world.endpoint(['call.finished', 'message.received']);
  for (const name of ['call.answered', 'call.outcome', 'call.finished', 'message.received']) {
    for (const sql of DEEDS[name] ?? []) world.exec(sql);
  }
  const [finished, received] = world
    .rows('SELECT payload FROM webhook_delivery ORDER BY rowid')
    .map(({ payload }) => JSON.parse(String(payload)));
  expect(finished).toMatchObject({
    type: 'call.finished',
    timestamp: '2026-05-14T14:07:00.009Z',
    data: {
      ...{ id: 'call_1', direction: 'outbound', campaignId: 'cmp_1', contactId: 'con_1' },
      ...{ status: 'completed', outcome: 'confirmed', durationSeconds: 9, errorCode: null },
    },
  });
  expect(received.data).toMatchObject({ body: `it's "me"`, from: '+1', to: '+2' });
});

test('nobody is told of another tenant, and nothing is told to who was switched off', async () => {
  const world = webhookWorld();
  await world.endpoint();
  world.suppress('+12125550101', 'ten_b');
  expect(world.rows('SELECT 1 FROM webhook_delivery')).toEqual([]);
  world.exec("UPDATE webhook_endpoint SET state = 'disabled'");
  world.suppress();
  expect(world.rows('SELECT 1 FROM webhook_delivery')).toEqual([]);
});

test('what is rolled back is not told', async () => {
  const world = webhookWorld();
  await world.endpoint();
  world.exec('BEGIN');
  world.suppress();
  world.exec('ROLLBACK');
  expect(world.rows('SELECT 1 FROM webhook_delivery')).toEqual([]);
});

test('what is published twice under one name is told once', async () => {
  const world = webhookWorld();
  await world.endpoint(['alert.raised']);
  const alert = { type: 'alert.raised', id: 'alt_1-raised', at: START, data: { value: 0.5 } };
  for (let i = 0; i < 2; i++) await world.ctx.db.run(publishStatement(world.ctx.db, alert));
  const told = world.rows('SELECT payload, message_id AS id FROM webhook_delivery');
  expect(told).toEqual([
    {
      id: 'alert_raised-alt_1-raised',
      payload:
        '{"type":"alert.raised","timestamp":"2026-05-14T14:07:00.000Z","data":{"value":0.5}}',
    },
  ]);
});
