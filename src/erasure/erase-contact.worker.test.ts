import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { newCampaign } from '../../tests/support/campaign.ts';
import { ledgerReport, placeCall } from '../../tests/support/ledger.ts';
import { newTenant } from '../../tests/support/tenant.ts';
import { clipPath } from '../audio/clip-path.ts';
import { clipKeys } from '../audio/ensure-speech.ts';
import { applyReport } from '../calls/apply-report.ts';
import { findCampaign } from '../campaigns/find-campaign.ts';
import { call, snapshot, utterance } from '../db/schema/call.ts';
import { attempt, enrolment } from '../db/schema/campaign.ts';
import { contact, suppression } from '../db/schema/contact.ts';
import { importRejection } from '../db/schema/import.ts';
import { message, thread } from '../db/schema/message.ts';
import { recording } from '../db/schema/recording.ts';
import { clip } from '../db/schema/script.ts';
import { webhookDelivery } from '../db/schema/webhook.ts';
import { claimDue } from '../dialing/claim-due.ts';
import { settleAttempt } from '../dialing/settle-attempt.ts';
import { FlowCache } from '../scripts/flow-cache.ts';
import { utf8 } from '../shared/bytes.ts';
import { MemoryStore } from '../store/memory-store.ts';
import type { TenantContext } from '../tenants/context.ts';
import { eraseContact } from './erase-contact.ts';

const SECRET = 'an audio secret of the tests, long enough';
const NUMBERS = ['+12125550001', '+12125550002'];
const WORDS = 'my account is 4711';

/** A person who was called, talked, was recorded and wrote; beside somebody with the same first name. */
async function called(ctx: TenantContext) {
  const store = new MemoryStore();
  const flows = new FlowCache();
  const deps = { store, flows, audioSecret: SECRET };
  const made = await newCampaign(ctx, { numbers: NUMBERS });
  const { callId } = await placeCall(ctx, made.id);
  const own = await ctx.db.findOne(call, eq(call.id, callId));
  const contactId = own?.contactId ?? '';
  // Either of the two, who were enrolled in the same moment.
  const number = own?.toNumber ?? '';
  const other = NUMBERS.find((one) => one !== number) ?? '';
  const { scriptId } = await findCampaign(ctx, made.id);
  const { flow } = await flows.get(ctx.db, scriptId, 1);
  const text = 'Hi Maria, this is Harbour Dental.';
  const [key = ''] = await clipKeys(ctx.tenant.id, SECRET, flow.settings, [
    { text, kind: 'dynamic' },
  ]);
  const sound = `t/${ctx.tenant.id}/recordings/rec_1.wav`;
  const audio = clipPath(ctx.tenant.id, { kind: 'dynamic', key });
  for (const path of [sound, audio]) await store.put(path, utf8('sound'));
  const at = ctx.clock.now();
  await ctx.db.batch([
    ctx.db.update(call, { scriptId }, eq(call.id, callId)),
    ctx.db.insert(snapshot, { callId, variables: { firstName: 'Maria' }, takenAt: at }),
    ctx.db.insert(clip, { key, kind: 'dynamic', bytes: 5, characters: 30, madeAt: at }),
    ctx.db.insert(recording, {
      ...{ id: 'rec_1', callId, twilioSid: 'RE1', source: 'call', state: 'stored' },
      ...{ objectKey: sound, bytes: 5, createdAt: at },
    }),
    ctx.db.insert(thread, {
      ...{ id: 'thr_1', ownNumber: '+12125550199', peer: number, contactId },
      ...{ step: 1, lastAt: at, createdAt: at, waitsUntil: at + 1000 },
    }),
    ctx.db.insert(message, {
      ...{ id: 'msg_1', threadId: 'thr_1', direction: 'inbound', purpose: 'conversation' },
      ...{ fromNumber: number, toNumber: '+12125550199', body: WORDS, encoding: 'GSM-7' },
      ...{ segments: 1, state: 'received', createdAt: at },
    }),
    ctx.db.insert(suppression, { e164: number, reason: 'caller_request', createdAt: at }),
    ctx.db.insert(webhookDelivery, {
      ...{ id: 'dlv_1', endpointId: 'whe_1', messageId: 'm1', type: 'call.completed' },
      ...{
        payload: JSON.stringify({ to: number }),
        state: 'delivered',
        attempts: 1,
        nextAt: 0,
        log: [],
      },
      createdAt: at,
    }),
  ]);
  return { deps, store, contactId, callId, number, other, sound, audio };
}

async function ends(ctx: TenantContext, callId: string) {
  const said = {
    turn: 1,
    step: 0,
    node: 'start',
    input: 'speech',
    text: WORDS,
    confidence: 1,
  } as const;
  const over = { status: 'completed', endedAt: ctx.clock.now(), outcome: 'confirmed' } as const;
  const report = ledgerReport(ctx, callId, over, {
    utterances: [{ ...said, at: ctx.clock.now() }],
  });
  await applyReport(ctx.db, ctx.events, report, ctx.clock.now());
  await settleAttempt(ctx, report);
}

/** Every row of the tenant's shard, as text. */
async function everything(ctx: TenantContext): Promise<string> {
  const tables = [call, attempt, enrolment, contact, thread, message, snapshot, utterance];
  const rows = await Promise.all([...tables, webhookDelivery].map((table) => ctx.db.find(table)));
  return JSON.stringify(rows);
}

test('what tells who it was and what was said is gone; the call and the wish stay', async () => {
  const ctx = await newTenant();
  const own = await called(ctx);
  await ends(ctx, own.callId);
  expect(await everything(ctx)).toContain(WORDS);

  const erased = await eraseContact(ctx, own.deps, own.contactId);
  expect(erased).toMatchObject({ calls: 1, messages: 1, recordings: 1 });
  expect(erased.clips).toBeGreaterThanOrEqual(1);
  const left = await everything(ctx);
  expect(left).not.toContain(WORDS);
  expect(left).not.toContain(own.number);
  expect(await own.store.head(own.sound)).toBeNull();
  expect(await own.store.head(own.audio)).toBeNull();
  expect(await ctx.db.findOne(recording, eq(recording.id, 'rec_1'))).toMatchObject({
    ...{ state: 'erased', objectKey: null },
    leaseUntil: ctx.clock.now(),
  });
  expect(await ctx.db.findOne(call, eq(call.id, own.callId))).toMatchObject({
    ...{ status: 'completed', outcome: 'confirmed', toNumber: 'erased' },
  });
  expect(await ctx.db.find(suppression)).toHaveLength(1);
  const [other] = await ctx.db.find(contact);
  expect(other).toMatchObject({ e164: own.other, fields: { firstName: 'Maria' } });
  const gone = eraseContact(ctx, own.deps, own.contactId);
  await expect(gone).rejects.toMatchObject({ code: 'not_found' });
});

test('a person in a call is erased when it is over', async () => {
  const ctx = await newTenant();
  const own = await called(ctx);
  const now = eraseContact(ctx, own.deps, own.contactId);
  await expect(now).rejects.toMatchObject({ code: 'conflict' });
  expect(await own.store.head(own.sound)).not.toBeNull();
  await ends(ctx, own.callId);
  expect((await eraseContact(ctx, own.deps, own.contactId)).calls).toBe(1);
});

test('killed before the rows, it is done to its end by asking again', async () => {
  const ctx = await newTenant();
  const own = await called(ctx);
  await ends(ctx, own.callId);
  const killed = {
    ...own.deps,
    store: {
      delete: async (key: string) => {
        if (key === own.sound) throw new Error('killed');
        await own.store.delete(key);
      },
    },
  };
  await expect(eraseContact(ctx, killed, own.contactId)).rejects.toThrow('killed');
  await eraseContact(ctx, own.deps, own.contactId);
  expect(await own.store.head(own.sound)).toBeNull();
  expect(await everything(ctx)).not.toContain(own.number);
});

test('who waits to be called is not called, and nobody else is erased', async () => {
  const [ctx, stranger] = [await newTenant(), await newTenant()];
  const own = await called(ctx);
  await ends(ctx, own.callId);
  const [second] = await ctx.db.find(contact, eq(contact.e164, own.other));
  await expect(eraseContact(stranger, own.deps, second?.id ?? '')).rejects.toMatchObject({
    code: 'not_found',
  });
  await eraseContact(ctx, own.deps, second?.id ?? '');
  const [waited] = await ctx.db.find(enrolment, eq(enrolment.contactId, second?.id ?? ''));
  expect(waited).toMatchObject({ state: 'skipped', reason: 'contact_erased', e164: 'erased' });
  expect(await ctx.db.find(utterance)).toHaveLength(1);
});

test('calls from the number while nobody knew it, and what a refused row quoted, are the person’s too', async () => {
  const ctx = await newTenant();
  const own = await called(ctx);
  await ends(ctx, own.callId);
  const at = ctx.clock.now();
  const came = (id: string, fromNumber: string) =>
    ctx.db.insert(call, {
      ...{ id, direction: 'inbound', fromNumber, toNumber: '+12125550199', status: 'completed' },
      ...{ scriptId: 'scr_1', scriptVersion: 1, turns: 1, appliedUpTo: 1 },
      ...{ createdAt: at, endedAt: at },
    });
  const said = (callId: string) =>
    ctx.db.insert(utterance, {
      ...{ callId, turn: 1, step: 0, node: 'start', input: 'speech', text: WORDS, at },
    });
  const refused = (importId: string, number: string) =>
    ctx.db.insert(importRejection, {
      ...{ importId, line: 2, code: 'invalid_input', message: `"x" of ${number} is no time zone` },
    });
  await ctx.db.batch([
    ...[came('call_in', own.number), came('call_other', own.other)],
    ...[said('call_in'), said('call_other'), refused('imp_1', own.number.slice(1))],
    refused('imp_2', own.other),
  ]);
  expect((await eraseContact(ctx, own.deps, own.contactId)).calls).toBe(2);
  expect(await ctx.db.find(utterance)).toMatchObject([{ callId: 'call_other' }]);
  const rejections = JSON.stringify(await ctx.db.find(importRejection));
  expect(rejections).not.toContain(own.number.slice(1));
  expect(rejections).toContain(own.other);
});

test('the values of texts of a campaign go too', async () => {
  const ctx = await newTenant();
  const { id: campaignId, contactIds } = await newCampaign(ctx, { channel: 'sms' });
  const [contactId = ''] = contactIds;
  const claimed = await claimDue(ctx, { campaignId, channel: 'sms', limit: 1 });
  const callId = claimed.jobs[0]?.callId ?? '';
  const variables = { firstName: 'Maria' };
  await ctx.db.run(ctx.db.insert(snapshot, { callId, variables, takenAt: ctx.clock.now() }));
  const deps = { store: new MemoryStore(), flows: new FlowCache(), audioSecret: SECRET };
  await eraseContact(ctx, deps, contactId);
  expect(await ctx.db.find(snapshot)).toEqual([]);
  expect(await ctx.db.find(enrolment)).toMatchObject([{ state: 'skipped' }]);
});
