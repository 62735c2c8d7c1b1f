import { beforeAll, expect, test } from 'vitest';
import { newTenant } from '../../tests/support/tenant.ts';
import type { TenantContext } from '../tenants/context.ts';
import { exportCalls } from './export-calls.ts';
import { type CallRow, type ListCallsInput, listCalls } from './list-calls.ts';

type Filter = Omit<ListCallsInput, 'cursor' | 'limit'>;
const CALLS = 21_000;
const BEGIN = 1_700_000_000_000;

let ctx: TenantContext;
let all: readonly CallRow[];
beforeAll(async () => {
  ctx = await newTenant();
  const other = await newTenant();
  for (const one of [ctx, other]) {
    await one.db.batch([
      one.db.raw(CONTACTS),
      one.db.raw(SEED, CALLS, BEGIN),
      one.db.raw(ATTEMPTS),
    ]);
  }
  all = await pages({}, 5000);
});

async function pages(filter: Filter, limit: number): Promise<CallRow[]> {
  const found: CallRow[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listCalls(ctx, { ...filter, cursor, limit });
    found.push(...page.calls);
    if (page.nextCursor === null) return found;
    cursor = page.nextCursor;
  }
}

const person = (row: CallRow) => (row.direction === 'inbound' ? row.fromNumber : row.toNumber);

test('without a filter it is all of the tenant, newest first, and each once', () => {
  expect(all).toHaveLength(CALLS);
  expect(new Set(all.map(({ id }) => id)).size).toBe(CALLS);
  for (const [i, row] of all.slice(1).entries()) {
    const before = all[i];
    if (before === undefined) throw new Error('no row');
    const isOrdered =
      row.createdAt < before.createdAt ||
      (row.createdAt === before.createdAt && row.id < before.id);
    expect(isOrdered, `${row.id} after ${before.id}`).toBe(true);
  }
});

test.each<[string, Filter, (row: CallRow) => boolean]>([
  ['a status', { status: 'busy' }, (row) => row.status === 'busy'],
  ['a rare status', { status: 'failed' }, (row) => row.status === 'failed'],
  ['what rings', { status: 'ringing' }, (row) => row.status === 'ringing'],
  ['what goes on', { status: 'in-progress' }, (row) => row.status === 'in-progress'],
  [
    'what comes in and goes on',
    { status: 'in-progress', direction: 'inbound' },
    (row) => row.status === 'in-progress' && row.direction === 'inbound',
  ],
  ['an outcome', { outcome: 'confirmed' }, (row) => row.outcome === 'confirmed'],
  ['nobody’s outcome', { outcome: 'nothing' }, () => false],
  ['a direction', { direction: 'inbound' }, (row) => row.direction === 'inbound'],
  ['a campaign', { campaignId: 'cmp_3' }, (row) => row.campaignId === 'cmp_3'],
  [
    'a campaign and an outcome',
    { campaignId: 'cmp_3', outcome: 'confirmed' },
    (row) => row.campaignId === 'cmp_3' && row.outcome === 'confirmed',
  ],
  ['a number', { number: '+12125500017' }, (row) => person(row) === '+12125500017'],
  ['a beginning', { number: '+1212550001' }, (row) => person(row).startsWith('+1212550001')],
  ['a beginning of all', { number: '+1' }, () => true],
  ['a part of a number', { number: '0041' }, (row) => person(row).includes('0041')],
  ['a name', { contact: 'GARCIA' }, (row) => row.contactId === 'con_7'],
  ['the name of a field', { contact: 'lastName' }, () => false],
  ['signs of LIKE', { contact: '%' }, () => false],
  ['a SID', { sid: 'CA20' }, (row) => row.twilioSid === 'CA20'],
  [
    'a time',
    { from: BEGIN + 5_000, to: BEGIN + 9_000 },
    (row) => row.createdAt >= BEGIN + 5_000 && row.createdAt < BEGIN + 9_000,
  ],
  [
    'a time, a status and a part of a number',
    { from: BEGIN + 5_000, to: BEGIN + 90_000, status: 'busy', number: '9' },
    (row) =>
      row.createdAt >= BEGIN + 5_000 &&
      row.createdAt < BEGIN + 90_000 &&
      row.status === 'busy' &&
      person(row).includes('9'),
  ],
])('%s finds what a look at each call finds', async (_, filter, isWanted) => {
  const wanted = all.filter(isWanted).map(({ id }) => id);
  expect((await pages(filter, 5000)).map(({ id }) => id)).toEqual(wanted);
  if (wanted.length < 40) expect((await pages(filter, 7)).map(({ id }) => id)).toEqual(wanted);
});

test('a page of a rare filter may be empty and go on', async () => {
  const filter = { outcome: 'oldest', limit: 50 };
  const first = await listCalls(ctx, filter);
  expect(first.calls).toEqual([]);
  expect(first.nextCursor).not.toBeNull();
  const second = await listCalls(ctx, { ...filter, cursor: first.nextCursor ?? undefined });
  expect(second).toMatchObject({ calls: [{ outcome: 'oldest' }], nextCursor: null });
});

test.each(['', 'nonsense', '12', '99999999999999999_call_1'])(
  'the cursor "%s" is refused',
  async (cursor) => {
    await expect(listCalls(ctx, { cursor, limit: 5 })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  },
);

test('the export holds what the list holds, under the same filter', async () => {
  const read = async (filter: Filter) => {
    const { stream } = exportCalls(ctx, filter);
    const [head = '', ...lines] = (await new Response(stream).text()).trimEnd().split('\r\n');
    expect(head).toMatch(/^id,direction,createdAt,/);
    return lines.map((line) => line.split(',')[0]);
  };
  expect(await read({})).toEqual(all.map(({ id }) => id));
  expect(await read({ outcome: 'oldest' })).toEqual([all.at(-1)?.id]);
  expect(await read({ outcome: 'nothing' })).toEqual([]);
  const busy = all.filter(({ status }) => status === 'busy').map(({ id }) => id);
  expect(await read({ status: 'busy' })).toEqual(busy);
});

const CONTACTS = `WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < 99)
INSERT INTO contact (tenant_id, id, external_id, e164, fields, created_at, updated_at)
SELECT ?1, 'con_' || n, 'ext-' || n, '+1212550' || printf('%04d', n),
  json_object('lastName', iif(n = 7, 'Garcia', 'Person ' || n)), 1, 1 FROM i`;

/** Four calls in each moment; ids that do not sort by time; the newest go on. */
const SEED = `WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n + 1 < ?2)
INSERT INTO call (tenant_id, id, direction, campaign_id, contact_id, script_id, script_version,
  from_number, to_number, twilio_sid, status, outcome, turns, applied_up_to, created_at, ended_at)
SELECT ?1, 'call_' || ((n * 7919) % ?2), iif(n % 10 = 0, 'inbound', 'outbound'),
  iif(n % 10 = 0, NULL, 'cmp_' || (n % 9)), 'con_' || (n % 100), 'scr_1', 1,
  iif(n % 10 = 0, '+1212550' || printf('%04d', n % 3000), '+12125550100'),
  iif(n % 10 = 0, '+12125550100', '+1212550' || printf('%04d', n % 3000)), 'CA' || n,
  iif(n >= ?2 - 30, iif(n % 3 = 0, 'in-progress', 'ringing'),
    iif(n % 5 = 1, 'busy', iif(n % 997 = 3, 'failed', 'completed'))),
  iif(n = 0, 'oldest', iif(n % 3 = 0, 'confirmed', NULL)), 1, 1, ?3 + (n / 4) * 100,
  iif(n >= ?2 - 30, NULL, ?3 + ?2 * 100) FROM i`;

const ATTEMPTS = `INSERT INTO attempt (tenant_id, id, campaign_id, contact_id, e164, ordinal, state,
  lease_until, created_at)
SELECT ?1, id, campaign_id, contact_id, to_number, 1, iif(ended_at IS NULL, 'accepted', 'ended'), 1, 1
FROM call WHERE tenant_id = ?1 AND direction = 'outbound'`;
