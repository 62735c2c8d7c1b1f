import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newTenant } from '../../tests/support/tenant.ts';
import { call } from '../db/schema/call.ts';
import type { TenantContext } from '../tenants/context.ts';
import { exportCalls } from './export-calls.ts';
import { type FindCalls, readFilters } from './find-calls.ts';
import { listCalls } from './list-calls.ts';

const OWN = '+12125550199';

/** A ledger of so many calls, three in each millisecond, ids in no order of time. */
async function ledger(ctx: TenantContext, count: number): Promise<void> {
  await ctx.db.run(
    ctx.db.raw(
      `WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n + 1 < ?2)
      INSERT INTO call (tenant_id, id, direction, campaign_id, contact_id, script_id,
        script_version, from_number, to_number, twilio_sid, status, outcome, turns, applied_up_to,
        created_at)
      SELECT ?1, printf('call_%05d', (n * 7919) % 100003), iif(n % 4 = 0, 'inbound', 'outbound'),
        iif(n % 4 = 0, NULL, 'cmp_' || CAST(n % 3 AS INTEGER)), 'con_' || CAST(n % 10 AS INTEGER), 'scr_1', 1,
        iif(n % 4 = 0, '+1415555' || printf('%04d', n % 50), '${OWN}'),
        iif(n % 4 = 0, '${OWN}', '+1415555' || printf('%04d', n % 50)), printf('CA%032x', n),
        iif(n % 5 = 0, 'busy', 'completed'), iif(n = 2, 'rare', iif(n % 3 = 0, 'confirmed', NULL)),
        1, 1, 1000000 + n / 3 FROM i`,
      count,
    ),
  );
}

async function all(ctx: TenantContext, filters: FindCalls, limit: number) {
  const found = [];
  let pages = 0;
  for (let cursor: string | undefined; ; ) {
    const page = await listCalls(ctx, { ...filters, cursor, limit });
    found.push(...page.calls);
    pages += 1;
    if (page.nextCursor === null) return { calls: found, pages };
    cursor = page.nextCursor;
  }
}

test('every filter finds what a look at each call finds, newest first, each call once', async () => {
  const ctx = await newTenant();
  await ledger(ctx, 1500);
  const everything = await ctx.db.find(call);
  const filters = fc.record(
    {
      campaignId: fc.constantFrom('cmp_0', 'cmp_1', 'cmp_9'),
      contactId: fc.constantFrom('con_1', 'con_4'),
      direction: fc.constantFrom('inbound' as const, 'outbound' as const),
      status: fc.constantFrom('busy', 'busy,completed', 'queued'),
      outcome: fc.constantFrom('confirmed', 'rare'),
      number: fc.constantFrom('+14155550007', '0007', '(415) 555', '+44', OWN),
      from: fc.integer({ min: 999_900, max: 1_000_600 }),
      to: fc.integer({ min: 999_900, max: 1_000_600 }),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(filters, fc.constantFrom(7, 100, 500), async (query, limit) => {
      const digits = query.number?.replaceAll(/[^\d+]/g, '');
      const expected = everything.filter((one) => {
        const peer = one.direction === 'outbound' ? one.toNumber : one.fromNumber;
        return (
          (query.campaignId ?? one.campaignId) === one.campaignId &&
          (query.contactId ?? one.contactId) === one.contactId &&
          (query.direction ?? one.direction) === one.direction &&
          (query.status?.split(',') ?? [one.status]).includes(one.status) &&
          (query.outcome ?? one.outcome) === one.outcome &&
          peer.includes(digits ?? '') &&
          one.createdAt >= (query.from ?? 0) &&
          one.createdAt < (query.to ?? Number.POSITIVE_INFINITY)
        );
      });
      expected.sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
      const found = await all(ctx, readFilters(query), limit);
      expect(found.calls.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    }),
    { numRuns: 60 },
  );
});

test('what is rare comes in several pages, and none looks at more than it may', async () => {
  const ctx = await newTenant();
  await ledger(ctx, 45_000);
  const found = await all(ctx, { outcome: 'rare' }, 10);
  expect(found.calls).toHaveLength(1);
  expect(found.pages).toBe(3);
});

test('a call is found by the name that Twilio has for it, by its own tenant only', async () => {
  const [ctx, other] = [await newTenant(), await newTenant()];
  await ledger(ctx, 100);
  const twilioSid = `CA${'0'.repeat(30)}2a`;
  expect((await listCalls(ctx, { twilioSid, limit: 10 })).calls).toHaveLength(1);
  expect((await listCalls(other, { twilioSid, limit: 10 })).calls).toEqual([]);
});

test('calls are found by what stands in the contact’s fields, and by no other tenant’s', async () => {
  const [ctx, other] = [await newTenant(), await newTenant()];
  for (const one of [ctx, other]) await ledger(one, 100);
  await ctx.db.run(
    ctx.db.raw(
      `INSERT INTO contact (tenant_id, id, external_id, e164, fields, created_at, updated_at)
       VALUES (?1, 'con_4', 'patient-17', '+1', '{"lastName":"García 100%"}', 1, 1)`,
    ),
  );
  const wanted = (await all(ctx, { contactId: 'con_4' }, 50)).calls;
  expect(wanted).toHaveLength(10);
  for (const contact of ['GARC', 'patient-17', '100%']) {
    expect((await all(ctx, { contact }, 3)).calls).toEqual(wanted);
    expect((await all(other, { contact }, 3)).calls).toEqual([]);
  }
  for (const contact of ['lastName', '%%', 'zebra']) {
    expect((await all(ctx, { contact }, 3)).calls).toEqual([]);
  }
});

test('words and cursors that are none are refused', async () => {
  const ctx = await newTenant();
  expect(() => readFilters({ status: 'busy,hello' })).toThrow(/"hello" is no status/);
  const refused = { code: 'invalid_input' };
  await expect(listCalls(ctx, { cursor: 'x', limit: 10 })).rejects.toMatchObject(refused);
});

test('the export holds every call of the filter and no other', async () => {
  const ctx = await newTenant();
  await ledger(ctx, 12_000);
  const { stream } = await exportCalls(ctx, { direction: 'inbound' });
  const lines = (await new Response(stream).text()).trim().split('\r\n');
  expect(lines).toHaveLength(1 + 3_000);
  expect(lines[0]).toMatch(/^id,direction,from,to,status,/);
  expect(lines.slice(1).every((line) => line.split(',')[1] === 'inbound')).toBe(true);
});
