import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ledgerReport, newPlacedCall } from '../../tests/support/ledger.ts';
import { SID } from '../../tests/support/session.ts';
import { NOON, newTenant } from '../../tests/support/tenant.ts';
import type { CallEvent } from '../db/event-store.ts';
import { call, utterance } from '../db/schema/call.ts';
import { attempt, enrolment } from '../db/schema/campaign.ts';
import { suppression } from '../db/schema/contact.ts';
import { recording } from '../db/schema/recording.ts';
import { settleAttempt } from '../dialing/settle-attempt.ts';
import { isTerminal } from '../telephony/status.ts';
import type { TenantContext } from '../tenants/context.ts';
import { applyReport } from './apply-report.ts';
import type { LedgerReport, RecordingNote, Utterance } from './session-types.ts';

const apply = (ctx: TenantContext, report: LedgerReport) =>
  applyReport(ctx.db, ctx.events, report, ctx.clock.now());

const callOf = (ctx: TenantContext, id: string) => ctx.db.findOne(call, eq(call.id, id));
const eventsOf = (ctx: TenantContext, id: string) => ctx.events.read(id, NOON, NOON);

const event = (n: number, type = 'flow.node'): CallEvent => ({
  source: 'session',
  n,
  at: NOON + n,
  type,
  detail: { n },
});

const said = (turn: number, text: string): Utterance => ({
  turn,
  step: 0,
  node: 'start',
  input: 'speech',
  text,
  confidence: 0.9,
  at: NOON + turn,
});

test('a report moves the call’s row and adds its events', async () => {
  const ctx = await newTenant();
  const { callId } = await newPlacedCall(ctx);
  const own = {
    status: 'completed',
    outcome: 'confirmed',
    answeredAt: NOON + 1,
    endedAt: NOON + 2,
    durationSeconds: 17,
    turns: 2,
  } as const;
  await apply(ctx, ledgerReport(ctx, callId, own, { upTo: 5, events: [event(0), event(1)] }));
  expect(await callOf(ctx, callId)).toMatchObject({ ...own, twilioSid: SID, appliedUpTo: 5 });
  expect(await eventsOf(ctx, callId)).toEqual([event(0), event(1)]);
});

test('the same report again changes nothing', async () => {
  const ctx = await newTenant();
  const { callId } = await newPlacedCall(ctx);
  const report = ledgerReport(
    ctx,
    callId,
    { status: 'ringing' },
    { events: [event(0)], utterances: [said(1, 'yes')] },
  );
  await apply(ctx, report);
  const before = await callOf(ctx, callId);
  await apply(ctx, {
    ...report,
    events: [event(0, 'changed')],
    utterances: [said(1, 'changed')],
    call: { ...report.call, status: 'completed' },
  });
  expect(await callOf(ctx, callId)).toEqual(before);
  expect(await eventsOf(ctx, callId)).toEqual([event(0)]);
  expect(await ctx.db.find(utterance)).toMatchObject([{ text: 'yes', turn: 1, node: 'start' }]);
});

test('an older report after a newer one adds its events and moves nothing back', async () => {
  const ctx = await newTenant();
  const { callId } = await newPlacedCall(ctx);
  const ended = { status: 'completed', endedAt: NOON, turns: 3 } as const;
  await apply(ctx, ledgerReport(ctx, callId, ended, { upTo: 7, events: [event(1)] }));
  await apply(
    ctx,
    ledgerReport(ctx, callId, { status: 'ringing' }, { upTo: 3, events: [event(0)] }),
  );
  expect(await callOf(ctx, callId)).toMatchObject({ ...ended, appliedUpTo: 7 });
  expect(await eventsOf(ctx, callId)).toEqual([event(0), event(1)]);
});

test('the first SID of a call stays', async () => {
  const ctx = await newTenant();
  const { callId } = await newPlacedCall(ctx);
  await apply(ctx, ledgerReport(ctx, callId, { twilioSid: `CA${'b'.repeat(32)}` }));
  expect(await callOf(ctx, callId)).toMatchObject({ twilioSid: SID });
});

test('a caller who wants no calls is suppressed once, with one event', async () => {
  const ctx = await newTenant();
  const { callId } = await newPlacedCall(ctx);
  for (const upTo of [2, 3, 2]) {
    await apply(ctx, ledgerReport(ctx, callId, {}, { upTo, isSuppressed: true }));
  }
  expect(await ctx.db.find(suppression)).toMatchObject([
    { e164: '+12125550001', reason: 'caller_request', callId },
  ]);
  expect(await eventsOf(ctx, callId)).toMatchObject([
    {
      source: 'ledger',
      n: 1,
      type: 'suppression.added',
      detail: { reason: 'caller_request' },
    },
  ]);
});

test('a suppression that comes again in the next month has still one event', async () => {
  const ctx = await newTenant();
  const { callId } = await newPlacedCall(ctx);
  const endOfMay = Date.parse('2026-05-31T23:59:59.900Z');
  const report = ledgerReport(ctx, callId, {}, { isSuppressed: true, utterances: [said(1, 'no')] });
  await applyReport(ctx.db, ctx.events, report, endOfMay);
  await applyReport(ctx.db, ctx.events, report, endOfMay + 60_000);
  const events = await ctx.events.read(callId, endOfMay, endOfMay + 60_000);
  expect(events.map(({ type }) => type)).toEqual(['suppression.added']);
});

test('a report for a call of another tenant moves nothing', async () => {
  const [one, other] = [await newTenant(), await newTenant()];
  const { callId } = await newPlacedCall(one);
  await apply(other, ledgerReport(other, callId, { status: 'completed' }, { isSuppressed: true }));
  expect(await callOf(one, callId)).toMatchObject({ status: 'queued' });
  expect(await other.db.find(suppression)).toEqual([]);
  expect(await one.db.find(suppression)).toEqual([]);
});

type Row = Pick<LedgerReport, 'events' | 'utterances' | 'isSuppressed' | 'call'>;
type Ending = 'completed' | 'busy' | 'failed';

/** A call as its session keeps it, one row a webhook; a report is any run of rows up to some row. */
function rowsOf(ctx: TenantContext, callId: string, ending: Ending): Row[] {
  const row = (own: Partial<LedgerReport['call']>, n: number, rest: Partial<Row> = {}): Row => ({
    ...ledgerReport(ctx, callId, own),
    events: [event(n)],
    ...rest,
  });
  const talk: Row[] = [
    row({ status: 'in-progress', answeredAt: NOON, turns: 1 }, 2),
    row({ status: 'in-progress', answeredAt: NOON, turns: 2 }, 3, {
      utterances: [said(1, 'yes'), said(2, 'no')],
    }),
    row({ status: 'in-progress', answeredAt: NOON, turns: 3, outcome: 'opted_out' }, 4, {
      utterances: [said(3, 'stop')],
      isSuppressed: true,
    }),
  ];
  const isTalk = ending === 'completed';
  const last = isTalk ? { answeredAt: NOON, turns: 3, outcome: 'opted_out' } : {};
  return [
    row({ status: 'queued' }, 0),
    row({ status: 'ringing' }, 1),
    ...(isTalk ? talk : []),
    row({ ...last, status: ending, endedAt: NOON + 60_000 }, 5),
  ];
}

/** Reports that together tell everything: at least the newest row of each run, cut anywhere. */
function reportsOf(
  ctx: TenantContext,
  callId: string,
  rows: readonly Row[],
  cuts: readonly boolean[],
): LedgerReport[] {
  const ends = rows.flatMap((_, i) => (cuts[i] === true || i === rows.length - 1 ? [i + 1] : []));
  const starts = [0, ...ends.slice(0, -1)];
  return starts.flatMap((from) =>
    ends
      .filter((to) => to > from)
      .map((to) => {
        const run = rows.slice(from, to);
        return {
          tenantId: ctx.tenant.id,
          callId,
          upTo: to,
          events: run.flatMap(({ events }) => events),
          utterances: run.flatMap(({ utterances }) => utterances),
          recordings: [],
          texts: [],
          inbound: null,
          isSuppressed: run.some(({ isSuppressed }) => isSuppressed),
          call: (rows[to - 1] ?? run[0] ?? ledgerReport(ctx, callId, {})).call,
        };
      }),
  );
}

/** The ledger's consumer on a new call; answers all that it left behind, without ids. */
async function ledgerAfter(
  ctx: TenantContext,
  number: string,
  ending: Ending,
  cuts: readonly boolean[],
  order: (count: number) => readonly number[],
) {
  const { callId, campaignId } = await newPlacedCall(ctx, { numbers: [number] });
  const reports = reportsOf(ctx, callId, rowsOf(ctx, callId, ending), cuts);
  for (const i of order(reports.length)) {
    const report = reports[i % reports.length];
    if (report === undefined) continue;
    await apply(ctx, report);
    if (isTerminal(report.call.status)) await settleAttempt(ctx, report);
  }
  const [own, row, contact, words, stops, events] = await Promise.all([
    callOf(ctx, callId),
    ctx.db.findOne(attempt, eq(attempt.id, callId)),
    ctx.db.findOne(enrolment, eq(enrolment.campaignId, campaignId)),
    ctx.db.find(utterance, eq(utterance.callId, callId)),
    ctx.db.find(suppression, eq(suppression.e164, number)),
    eventsOf(ctx, callId),
  ]);
  const ids = {
    id: '',
    campaignId: '',
    contactId: '',
    toNumber: '',
    peer: '',
    e164: '',
    callId: '',
  };
  return {
    call: { ...own, ...ids },
    attempt: { ...row, ...ids },
    contact: { ...contact, ...ids },
    words: words.map((one) => ({ ...one, ...ids })),
    stops: stops.map((one) => ({ ...one, ...ids })),
    events,
  };
}

test('any order and repetition of a call’s reports ends in the same ledger', async () => {
  const ctx = await newTenant();
  let run = 0;
  const number = () => `+1646555${String(run++).padStart(4, '0')}`;
  const upwards = (count: number) => Array.from({ length: count }, (_, i) => i);
  const expected = new Map<Ending, Awaited<ReturnType<typeof ledgerAfter>>>();
  for (const ending of ['completed', 'busy', 'failed'] as const) {
    expected.set(ending, await ledgerAfter(ctx, number(), ending, [], upwards));
  }
  expect(expected.get('completed')).toMatchObject({
    call: { status: 'completed', outcome: 'opted_out', turns: 3 },
    contact: { state: 'done' },
    stops: [{}],
    words: [{}, {}, {}],
  });

  const endings = fc.constantFrom<Ending>('completed', 'busy', 'failed');
  const cuts = fc.array(fc.boolean(), { minLength: 5, maxLength: 5 });
  const picks = fc.array(fc.nat({ max: 50 }), { maxLength: 10 });
  const seeds = fc.infiniteStream(fc.nat());
  await fc.assert(
    fc.asyncProperty(endings, cuts, picks, seeds, async (ending, cut, again, seed) => {
      const order = (count: number) => {
        const keyed = [...upwards(count), ...again].map(
          (i) => [seed.next().value ?? 0, i] as const,
        );
        return keyed.sort(([left], [right]) => left - right).map(([, i]) => i);
      };
      const left = await ledgerAfter(ctx, number(), ending, cut, order);
      expect(left).toEqual(expected.get(ending));
    }),
    { numRuns: 100 },
  );
}, 120_000);

test('a recording gets one row, however often the carrier tells of it', async () => {
  const ctx = await newTenant();
  const { callId } = await newPlacedCall(ctx);
  const note = (sid: string, changes: Partial<RecordingNote> = {}): RecordingNote => ({
    ...{ sid, source: 'call', status: 'completed', url: 'https://api.twilio.com/1' },
    ...{ durationSeconds: 12, channels: 2, errorCode: null, at: NOON, ...changes },
  });
  const failed = note('RE2', { source: 'voicemail', status: 'failed', errorCode: '12100' });
  const recordings = [note('RE1'), failed, note('RE3', { status: 'absent' })];
  for (const upTo of [1, 1, 2])
    await apply(ctx, ledgerReport(ctx, callId, {}, { upTo, recordings }));
  const rows = await ctx.db.find(recording, eq(recording.callId, callId));
  const base = { callId, durationSeconds: 12, channels: 2, createdAt: NOON, objectKey: null };
  expect(rows).toMatchObject([
    { ...base, id: 'rec_re1', twilioSid: 'RE1', source: 'call', state: 'pending' },
    { ...base, twilioSid: 'RE2', source: 'voicemail', state: 'failed', errorCode: '12100' },
    { ...base, twilioSid: 'RE3', state: 'absent' },
  ]);
});
