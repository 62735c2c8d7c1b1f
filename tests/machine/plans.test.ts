import { expect, test } from 'vitest';
import type { FindCalls } from '../../src/calls/find-calls.ts';
import { listCalls } from '../../src/calls/list-calls.ts';
import { enrolEverybody } from '../../src/campaigns/enrol-contacts.ts';
import { primeCampaign } from '../../src/campaigns/prime-campaign.ts';
import { type PrimeJob, requestSpeech } from '../../src/campaigns/request-speech.ts';
import { setCampaignState } from '../../src/campaigns/set-state.ts';
import { tripBreaker } from '../../src/campaigns/trip-breaker.ts';
import { listContacts } from '../../src/contacts/list-contacts.ts';
import { suppressNumber } from '../../src/contacts/suppress-number.ts';
import { upsertContacts } from '../../src/contacts/upsert-contacts.ts';
import { cancelOutsideWindow } from '../../src/dialing/cancel-outside-window.ts';
import { finishIfDone } from '../../src/dialing/finish-campaign.ts';
import { noteSeen } from '../../src/dialing/note-accepted.ts';
import { eraseContact } from '../../src/erasure/erase-contact.ts';
import { FlowCache } from '../../src/scripts/flow-cache.ts';
import { newCampaign } from '../support/campaign.ts';
import { newTextWorld } from './texts.ts';
import { ALL_MADE, World } from './world.ts';

/** Tables that hold a tenant's millions. */
const LARGE = 'attempt|call|contact|enrolment|message|snapshot|thread|utterance|clip';
/** Reads all rows, or all of a tenant, or all of a campaign in any state. */
const WHOLE = new RegExp(
  `^SCAN (${LARGE}|[aemodlpst])\\b|^SEARCH \\w+ USING .*\\((tenant_id=\\?|tenant_id=\\? AND campaign_id=\\?)\\)$`,
);
/** The passes over a campaign's contacts themselves: a page each, and one look at the end. */
const ONCE_A_PASS = [
  'select "tenant_id", "campaign_id", "contact_id"',
  'UPDATE campaign SET\n  is_primed',
];
/** An index of what is active now is short, however many rows there are. */
const SHORT = /attempt_active_campaign|enrolment_due|USING INDEX call_ended/;

test('on the way of a call no statement reads a whole tenant or campaign', async () => {
  const world = new World();
  const ctx = world.context('ten_plans');
  const numbers = ['+12125550001', '+12125550002', '+12125550003'];
  const { id: campaignId } = await newCampaign(ctx, { numbers, enrolment: 'pending' });
  const start = world.committed.length;

  // The order of this join is fixed by hand: once it read every contact of the tenant.
  await upsertContacts(ctx, [{ externalId: 'a', number: '+12125550001', fields: {} }]);
  const jobs: PrimeJob[] = [];
  await enrolEverybody(ctx, { campaignId });
  await requestSpeech(ctx, { send: async (job) => jobs.push(job) }, campaignId);
  const deps = { flows: new FlowCache(), ensureSpeech: ALL_MADE };
  for (const job of jobs) await primeCampaign(ctx, deps, job, Number.POSITIVE_INFINITY);
  await world.claim(ctx, campaignId);
  world.carrier.replies = ['accepted', 'rate_limited', 'accepted_then_500'];
  for (const callId of world.dials.splice(0)) await world.dial(ctx, callId);
  for (const [sid, { attemptId }] of world.carrier.calls) {
    await noteSeen(ctx, async () => world.carrier, attemptId, sid);
    await world.callback(ctx.tenant.id, sid, 'completed', 1);
    await tripBreaker(ctx, world.cancelQueue, attemptId);
  }
  world.now += 200_000;
  await world.ring();
  for (const report of world.reports.splice(0)) await world.applyReport(ctx, report);
  await cancelOutsideWindow(ctx, world.cancelQueue, campaignId);
  await finishIfDone(ctx, campaignId);
  await suppressNumber(ctx, world.cancelQueue, { e164: '+12125550009', reason: 'manual' });
  await setCampaignState(ctx, world.cancelQueue, { campaignId, state: 'stopped' });

  expect(textsSince(world, start).length).toBeGreaterThan(30);
  expect(wideOf(world, textsSince(world, start))).toEqual([]);
});

test('on the way of a text no statement reads a whole tenant or campaign', async () => {
  const world = new World();
  const ctx = world.context('ten_texts');
  const own = await newTextWorld(world, ctx);
  const start = world.committed.length;
  own.loseNextReply();
  await own.claim();
  await own.work();
  await own.deliver();
  await own.receive('1');
  await own.work();
  await finishIfDone(ctx, own.campaignId);
  const texts = textsSince(world, start);
  expect(texts.length).toBeGreaterThan(25);
  expect(
    wideOf(
      world,
      texts.filter((text) => !HARNESS.test(text)),
    ),
  ).toEqual([]);
});

/** The world itself looks through its few rows. */
const HARNESS = /from "message" where "message"\."tenant_id" = \?$/;

test('no list of calls or contacts, and no erasure, reads a whole tenant', async () => {
  const world = new World();
  const ctx = world.context('ten_lists');
  const { contactIds } = await newCampaign(ctx, { numbers: ['+12125550001'] });
  const start = world.committed.length;
  const page = { limit: 5 };
  const filters: readonly FindCalls[] = [
    ...[{}, { status: ['failed' as const] }, { outcome: 'x' }, { twilioSid: 'CA1' }],
    ...[{ direction: 'inbound' as const }, { campaignId: 'cmp_1' }, { contactId: 'con_1' }],
    ...[{ campaignId: 'cmp_1', outcome: 'x' }, { number: '+12125550001' }, { digits: '55' }],
    ...[{ contact: 'maria' }, { from: 1, to: 2 }],
  ];
  for (const filter of filters) {
    await listCalls(ctx, { ...page, ...filter });
    await listCalls(ctx, { ...page, ...filter, cursor: '5.call_1' });
  }
  for (const filter of [{}, { number: '+12125550001' }, { externalId: 'a' }, { text: 'maria' }]) {
    await listContacts(ctx, { ...page, ...filter, cursor: 'con_1' });
  }
  const store = { delete: async () => {} };
  const deps = { flows: new FlowCache(), store, audioSecret: 'a secret of sixteen bytes' };
  await eraseContact(ctx, deps, contactIds[0] ?? '');
  const texts = textsSince(world, start).filter(
    (text) => !READS_MANY.some((part) => text.includes(part)),
  );
  expect(texts.length).toBeGreaterThan(30);
  expect(wideOf(world, texts).filter(({ line }) => !LEDGER_ORDER.test(line))).toEqual([]);
});

/** A tenant's lists; and once for an erased person, texts, deliveries and refused rows. */
const READS_MANY = [
  'DELETE FROM contact_list_member',
  'DELETE FROM webhook_delivery',
  'UPDATE message SET body',
  'UPDATE thread SET peer',
  'import_rejection SET',
];

/** A page of the ledger is read in the order of its index, and no further than its limit. */
const LEDGER_ORDER = /^SEARCH call USING INDEX call_(created|campaign) /;

function textsSince(world: World, start: number): string[] {
  return [...new Set(world.committed.slice(start).map(({ text }) => text))];
}

function wideOf(world: World, texts: readonly string[]) {
  return texts
    .filter((text) => !text.includes('call_event'))
    .filter((text) => !ONCE_A_PASS.some((start) => text.startsWith(start)))
    .flatMap((text) => world.planOf(text).map((line) => ({ line, text: text.slice(0, 120) })))
    .filter(({ line }) => WHOLE.test(line) && !SHORT.test(line));
}
