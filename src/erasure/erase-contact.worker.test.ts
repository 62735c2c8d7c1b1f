import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { newCampaign } from '../../tests/support/campaign.ts';
import { placeCall } from '../../tests/support/ledger.ts';
import { manualClock, newTenant, testDatabases } from '../../tests/support/tenant.ts';
import { speechKeysWith } from '../audio/ensure-speech.ts';
import { enrolContacts, enrolEverybody } from '../campaigns/enrol-contacts.ts';
import { listContacts, readContact } from '../contacts/list-contacts.ts';
import { attempt, enrolment } from '../db/schema/campaign.ts';
import { contact } from '../db/schema/contact.ts';
import { recording } from '../db/schema/recording.ts';
import { FlowCache } from '../scripts/flow-cache.ts';
import { plannedClips } from '../scripts/speech-plan.ts';
import { MemoryStore } from '../store/memory-store.ts';
import type { TenantContext } from '../tenants/context.ts';
import { eraseContact } from './erase-contact.ts';
import { requestErasure } from './request-erasure.ts';

const MARIA = '+12125550001';
const OTHER = '+12125550002';
const SECRET = 'a secret of at least 128 bits, for tests';
const bytes = new Uint8Array([1, 2, 3]);

/** Two people who were called; what a call leaves is there for both. */
async function calledPeople() {
  const clock = manualClock();
  const ctx = await newTenant({ clock });
  const { id: campaignId, contactIds } = await newCampaign(ctx, { numbers: [MARIA, OTHER] });
  const [maria = '', other = ''] = contactIds;
  const store = new MemoryStore();
  const deps = { flows: new FlowCache(), store, speechKeys: speechKeysWith(ctx.db, SECRET) };
  await ctx.db.run(
    ctx.db.raw(`UPDATE contact SET fields = json_object('firstName', id) WHERE tenant_id = ?1`),
  );
  const calls = new Map<string, string>();
  for (const _ of contactIds) {
    const { callId } = await placeCall(ctx, campaignId);
    const own = await ctx.db.findOne(attempt, eq(attempt.id, callId));
    if (own === null) throw new Error('no attempt');
    calls.set(own.contactId, callId);
    await leaveTraces(ctx, deps.store, own.contactId, own.e164, callId);
    await keepClips(ctx, deps, campaignId, own.contactId);
  }
  return { clock, ctx, deps, campaignId, maria, other, calls };
}

async function leaveTraces(
  ctx: TenantContext,
  store: MemoryStore,
  contactId: string,
  e164: string,
  callId: string,
): Promise<void> {
  const now = ctx.clock.now();
  const object = `t/${ctx.tenant.id}/recordings/rec-${callId}.wav`;
  await store.put(object, bytes);
  await ctx.db.batch([
    ctx.db.raw(
      `UPDATE call SET script_id = (SELECT script_id FROM campaign WHERE tenant_id = ?1 LIMIT 1),
         status = 'completed', ended_at = ?3, recording_url = 'x' WHERE tenant_id = ?1 AND id = ?2`,
      ...[callId, now],
    ),
    ctx.db.raw(
      `UPDATE attempt SET state = 'ended', ended_at = ?3 WHERE tenant_id = ?1 AND id = ?2`,
      ...[callId, now],
    ),
    ctx.db.raw(
      `INSERT INTO snapshot (tenant_id, call_id, variables, taken_at)
       VALUES (?1, ?2, json_object('firstName', ?3, 'tenantName', ?4), 1)`,
      ...[callId, `before ${contactId}`, ctx.tenant.name],
    ),
    ctx.db.raw(
      `INSERT INTO utterance (tenant_id, call_id, turn, step, node, input, text, at)
       VALUES (?1, ?2, 1, 1, 'start', 'speech', ?3, 1)`,
      ...[callId, `I am ${contactId}`],
    ),
    ctx.db.raw(
      `INSERT INTO recording (tenant_id, id, call_id, twilio_sid, source, state, object_key, created_at)
       VALUES (?1, ?2, ?3, ?2, 'call', 'stored', ?4, 1)`,
      ...[`rec-${callId}`, callId, object],
    ),
    ctx.db.raw(
      `INSERT INTO thread (tenant_id, id, own_number, peer, contact_id, step, last_at, created_at)
       VALUES (?1, ?2, '+12125550199', ?3, ?4, 1, 1, 1)`,
      ...[`thr-${callId}`, e164, contactId],
    ),
    ctx.db.raw(
      `INSERT INTO message (tenant_id, id, thread_id, direction, purpose, from_number, to_number,
         body, encoding, segments, state, created_at)
       VALUES (?1, ?2, ?2, 'inbound', 'conversation', ?3, '+12125550199', ?4, 'GSM-7', 1, 'received', 1)`,
      ...[`thr-${callId}`, e164, `Yours, ${contactId}`],
    ),
    ctx.db.raw(
      `INSERT INTO webhook_delivery (tenant_id, id, endpoint_id, message_id, type, payload, state,
         attempts, next_at, log, created_at)
       VALUES (?1, ?2, 'whk', ?2, 'call.finished', json_object('to', ?3), 'pending', 0, 0, '[]', ?4)`,
      ...[`dlv-${callId}`, e164, now],
    ),
    ctx.db.raw(
      `INSERT INTO import_rejection (tenant_id, import_id, line, code, message)
       VALUES (?1, ?2, 2, 'invalid_number', ?3)`,
      ...[`imp-${callId}`, `"${e164.slice(1)}" is no phone number`],
    ),
  ]);
}

/** The sound of a person's own sentences, as it was when called and as it would be now. */
async function keepClips(
  ctx: TenantContext,
  deps: Awaited<ReturnType<typeof calledPeople>>['deps'],
  campaignId: string,
  contactId: string,
): Promise<void> {
  const [own] = await ctx.db.rows<{ id: string }>(
    ctx.db.raw('SELECT script_id AS id FROM campaign WHERE tenant_id = ?1 AND id = ?2', campaignId),
  );
  const { flow, plan } = await deps.flows.get(ctx.db, own?.id ?? '', 1);
  for (const firstName of [contactId, `before ${contactId}`]) {
    const clips = plannedClips(plan, { firstName, tenantName: ctx.tenant.name });
    for (const { text, kind } of clips) {
      const [key = ''] = await deps.speechKeys({
        settings: flow.settings,
        clips: [{ text, kind }],
      });
      const folder = kind === 'static' ? 's' : 'd';
      await deps.store.put(`t/${ctx.tenant.id}/audio/${folder}/${key}.ulaw`, bytes);
      await ctx.db.run(
        ctx.db.raw(
          `INSERT INTO clip (tenant_id, key, kind, bytes, characters, made_at)
           VALUES (?1, ?2, ?3, 1, 1, 1) ON CONFLICT DO NOTHING`,
          ...[key, kind],
        ),
      );
    }
  }
}

const TABLES = [
  ...['contact', 'snapshot', 'utterance', 'message', 'thread', 'recording', 'webhook_delivery'],
  ...['import_rejection', 'enrolment', 'contact_list_member', 'clip'],
];

/** All that stands in the tenant's rows, as one text a table. */
async function rowsOf(ctx: TenantContext): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const table of TABLES) {
    const rows = await ctx.db.rows(ctx.db.raw(`SELECT * FROM ${table} WHERE tenant_id = ?1`));
    found.set(table, JSON.stringify(rows));
  }
  return found;
}

test('of an erased person nothing is left, and all is left of everybody else', async () => {
  const { clock, ctx, deps, maria, other, calls } = await calledPeople();
  const objectsBefore = (await deps.store.list(`t/${ctx.tenant.id}/`)).keys.length;
  clock.advance(3_600_000);
  expect(await requestErasure(ctx, maria)).toMatchObject({ id: maria, isDone: false });
  expect(await testDatabases.platform.dueErasures(clock.now(), 1000)).toContainEqual({
    tenantId: ctx.tenant.id,
    id: maria,
  });
  expect(await eraseContact(ctx, deps, maria)).toBe(true);
  expect(await requestErasure(ctx, maria)).toMatchObject({ isDone: true });

  const rows = await rowsOf(ctx);
  const words = [`I am ${maria}`, `Yours, ${maria}`, `before ${maria}`];
  for (const [table, text] of rows) {
    // That there was a text stays known, as that there was a call does.
    const isRecord = table === 'message' || table === 'thread';
    for (const word of isRecord ? words : [...words, MARIA.slice(1)])
      expect(text, `${table} has ${word}`).not.toContain(word);
  }
  for (const word of [OTHER, `I am ${other}`, `Yours, ${other}`, `before ${other}`]) {
    expect(
      [...rows.values()].some((text) => text.includes(word)),
      word,
    ).toBe(true);
  }
  const { keys } = await deps.store.list(`t/${ctx.tenant.id}/`);
  expect(keys.some((key) => key.includes(calls.get(maria) ?? 'none'))).toBe(false);
  expect(keys.some((key) => key.includes(calls.get(other) ?? 'none'))).toBe(true);
  // One recording and two greetings, with the name of then and of now.
  expect(objectsBefore - keys.length).toBe(3);
  const own = await ctx.db.findOne(recording, eq(recording.callId, calls.get(maria) ?? ''));
  expect(own).toMatchObject({ state: 'erased', objectKey: null, leaseUntil: clock.now() });
  expect(await readContact(ctx, maria)).toMatchObject({ number: '', fields: {} });
  expect((await listContacts(ctx, { limit: 10 })).contacts.map(({ id }) => id)).toEqual([other]);
});

test('who is cut off anywhere is followed, and doing it again changes nothing', async () => {
  const { clock, ctx, deps, maria } = await calledPeople();
  clock.advance(3_600_000);
  await requestErasure(ctx, maria);
  let isDone = false;
  for (let steps = 0; !isDone && steps < 20; steps++) {
    let left = steps;
    const store = {
      delete: async (key: string) => {
        if (left-- <= 0) throw new Error('the process died');
        await deps.store.delete(key);
      },
    };
    isDone = await eraseContact(ctx, { ...deps, store }, maria).catch(() => false);
  }
  expect(isDone).toBe(true);
  const once = await rowsOf(ctx);
  expect([...once.values()].join()).not.toContain(`before ${maria}`);
  const { keys } = await deps.store.list(`t/${ctx.tenant.id}/`);
  expect(keys.filter((key) => key.includes('/audio/d/'))).toHaveLength(2);
  await eraseContact(ctx, deps, maria);
  expect(await rowsOf(ctx)).toEqual(once);
});

test('who is to be erased is not called, enrolled or found any more, from that moment on', async () => {
  const { ctx, deps, campaignId, maria } = await calledPeople();
  const second = await newCampaign(ctx, { numbers: ['+12125550003'], state: 'draft' });
  await requestErasure(ctx, second.contactIds[0] ?? '');
  await requestErasure(ctx, maria);
  const states = await ctx.db.find(enrolment, eq(enrolment.campaignId, second.id));
  expect(states).toMatchObject([{ state: 'skipped', reason: 'contact_erased' }]);
  const fresh = await newCampaign(ctx, { numbers: ['+12125550004'], state: 'draft' });
  const enrolled = await enrolContacts(ctx, { campaignId: fresh.id, contactIds: [maria] });
  expect(enrolled).toEqual({ enrolled: 0 });
  await enrolEverybody(ctx, { campaignId: fresh.id });
  expect((await listContacts(ctx, { limit: 10, text: maria })).contacts).toEqual([]);
  // Her call ended a moment ago: its last traces may still be on their way.
  expect(await eraseContact(ctx, deps, maria)).toBe(false);
  expect(await ctx.db.findOne(contact, eq(contact.id, maria))).toMatchObject({
    eraseAt: ctx.clock.now() + 120_000,
  });
  expect(campaignId).not.toBe(fresh.id);
});

test('an attempt that waits ends, and is in the ledger with its reason', async () => {
  const ctx = await newTenant();
  const { id: campaignId, contactIds } = await newCampaign(ctx, { numbers: [MARIA] });
  const [maria = ''] = contactIds;
  const { callId } = await placeCall(ctx, campaignId);
  await ctx.db.run(ctx.db.raw("UPDATE attempt SET state = 'queued' WHERE tenant_id = ?1"));
  await ctx.db.run(ctx.db.raw('DELETE FROM call WHERE tenant_id = ?1'));
  await requestErasure(ctx, maria);
  const deps = {
    ...{ flows: new FlowCache(), store: new MemoryStore() },
    speechKeys: speechKeysWith(ctx.db, SECRET),
  };
  await eraseContact(ctx, deps, maria);
  expect(await ctx.db.findOne(attempt, eq(attempt.id, callId))).toMatchObject({
    state: 'ended',
    result: 'contact_erased',
  });
});

test('a stranger’s contact is not found', async () => {
  const { maria, ctx } = await calledPeople();
  const stranger = await newTenant();
  await expect(requestErasure(stranger, maria)).rejects.toMatchObject({ code: 'not_found' });
  expect((await readContact(ctx, maria)).number).toBe(MARIA);
});
