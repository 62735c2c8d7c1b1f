import { expect, test } from 'vitest';
import { newTenant } from '../../tests/support/tenant.ts';
import type { TenantContext } from '../tenants/context.ts';
import { listContacts, listFields } from './list-contacts.ts';

/** So many contacts, every tenth on a list, one of them called Zoe. */
async function people(ctx: TenantContext, count: number): Promise<void> {
  await ctx.db.batch([
    ctx.db.raw(
      `WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n + 1 < ?2)
      INSERT INTO contact (tenant_id, id, external_id, e164, fields, created_at, updated_at)
      SELECT ?1, printf('con_%06d', n), 'Patient-' || CAST(n AS INTEGER), printf('+1212%07d', n),
        iif(n = 3, '{"firstName":"Zoe","plan":"A"}', '{"firstName":"Maria"}'), 0, 0 FROM i`,
      count,
    ),
    ctx.db.raw(
      `INSERT INTO contact_list_member (tenant_id, list_id, contact_id)
      SELECT ?1, 'lst_1', id FROM contact WHERE tenant_id = ?1 AND id LIKE '%0'`,
    ),
  ]);
}

async function all(ctx: TenantContext, page: object) {
  const found: string[] = [];
  let pages = 0;
  for (let cursor: string | undefined; ; ) {
    const one = await listContacts(ctx, { ...page, cursor, limit: 50 });
    found.push(...one.contacts.map(({ id }) => id));
    pages += 1;
    if (one.nextCursor === null) return { found, pages };
    cursor = one.nextCursor;
  }
}

test('by list, by text, by both; each once and newest first', async () => {
  const ctx = await newTenant();
  await people(ctx, 600);
  const onList = (await all(ctx, { listId: 'lst_1' })).found;
  expect(onList).toHaveLength(60);
  expect(onList).toEqual(onList.toSorted().reverse());
  expect((await all(ctx, { text: 'zOE' })).found).toEqual(['con_000003']);
  expect((await all(ctx, { text: 'patient-59' })).found).toHaveLength(11);
  expect((await all(ctx, { text: '0000590' })).found).toEqual(['con_000590']);
  expect((await all(ctx, { text: 'patient-59', listId: 'lst_1' })).found).toEqual(['con_000590']);
  expect((await all(ctx, { listId: 'lst_of_another' })).found).toEqual([]);
});

test('one among many thousands is found in a few pages', async () => {
  const ctx = await newTenant();
  await people(ctx, 45_000);
  const { found, pages } = await all(ctx, { text: 'zoe' });
  expect(found).toEqual(['con_000003']);
  expect(pages).toBe(3);
});

test('fields are named with how many have them, of this tenant only', async () => {
  const [ctx, other] = [await newTenant(), await newTenant()];
  await people(ctx, 20);
  expect(await listFields(ctx)).toEqual([
    { name: 'firstName', contacts: 20 },
    { name: 'plan', contacts: 1 },
  ]);
  expect(await listFields(other)).toEqual([]);
});
