import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { manualClock, newTenant } from '../../tests/support/tenant.ts';
import { type CsvFormat, contactImport } from '../db/schema/import.ts';
import { MemoryStore } from '../store/memory-store.ts';
import type { TenantContext } from '../tenants/context.ts';
import { contactFields } from './contact-fields.ts';
import { deleteOldFiles, FILE_LIVES_MS } from './delete-old-files.ts';
import { fileKey } from './find-import.ts';
import { listContacts } from './list-contacts.ts';
import { createImport } from './receive-file.ts';
import { startImport } from './start-import.ts';
import { upsertContacts } from './upsert-contacts.ts';

type Filter = Omit<Parameters<typeof listContacts>[1], 'cursor' | 'limit'>;

async function found(ctx: TenantContext, filter: Filter, limit = 2): Promise<string[]> {
  const names: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listContacts(ctx, { ...filter, cursor, limit });
    names.push(...page.contacts.map(({ externalId }) => externalId));
    if (page.nextCursor === null) return names.sort();
    cursor = page.nextCursor;
  }
}

test('contacts are found by list, by text, by number, and by any of them together', async () => {
  const ctx = await newTenant();
  const other = await newTenant();
  const people = [
    { externalId: 'maria', number: '+12125550001', fields: { lastName: 'García 100%' } },
    { externalId: 'jo', number: '+12125550002', fields: { lastName: 'Smith', city: 'Boston' } },
    { externalId: 'li', number: '+12125550013', fields: { lastName: 'Smithers' } },
    { externalId: 'ann', number: '+12125550004', fields: {} },
  ];
  for (const one of [ctx, other]) await upsertContacts(one, people);
  await ctx.db.run(
    ctx.db.raw(
      `INSERT INTO contact_list_member (tenant_id, list_id, contact_id)
       SELECT ?1, 'lst_1', id FROM contact WHERE tenant_id = ?1 AND external_id IN ('jo', 'ann', 'maria')`,
    ),
  );
  expect(await found(ctx, {})).toEqual(['ann', 'jo', 'li', 'maria']);
  expect(await found(ctx, { listId: 'lst_1' })).toEqual(['ann', 'jo', 'maria']);
  expect(await found(ctx, { text: 'SMITH' })).toEqual(['jo', 'li']);
  expect(await found(ctx, { listId: 'lst_1', text: 'smith' })).toEqual(['jo']);
  expect(await found(ctx, { text: '001' })).toEqual(['li', 'maria']);
  expect(await found(ctx, { text: 'lastName' })).toEqual([]);
  expect(await found(ctx, { text: '%' })).toEqual(['maria']);
  expect(await found(ctx, { number: '+12125550004' })).toEqual(['ann']);
  expect(await found(ctx, { number: '+12125550013', listId: 'lst_1' })).toEqual([]);
  expect(await found(ctx, { externalId: 'li' })).toEqual(['li']);
  expect(await contactFields(ctx)).toEqual(['city', 'lastName']);
  expect(await contactFields(await newTenant())).toEqual([]);
});

test('a text that only the oldest of many has is found on a later page', async () => {
  const ctx = await newTenant();
  await ctx.db.run(ctx.db.raw(MANY, 21_000));
  const first = await listContacts(ctx, { text: 'oldest', limit: 50 });
  expect(first.contacts).toEqual([]);
  const cursor = first.nextCursor ?? undefined;
  const second = await listContacts(ctx, { text: 'oldest', limit: 50, cursor });
  expect(second).toMatchObject({ contacts: [{ externalId: 'oldest' }], nextCursor: null });
});

const MANY = `WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n + 1 < ?2)
INSERT INTO contact (tenant_id, id, external_id, e164, fields, created_at, updated_at)
SELECT ?1, 'con_' || printf('%06d', n), iif(n = 0, 'oldest', 'p' || n), '+1', '{}', 1, 1 FROM i`;

test('the file of an import is deleted after a week, unless it is being read', async () => {
  const clock = manualClock();
  const ctx = await newTenant({ clock });
  const store = new MemoryStore();
  const format: CsvFormat = {
    ...({ encoding: 'utf-8', delimiter: ',', newline: '\n' } as const),
    ...{ columns: ['Phone'], headerBytes: 6, headerLines: 1 },
  };
  const ids: string[] = [];
  for (const state of ['done', 'uploaded', 'running'] as const) {
    const { id } = await createImport(ctx, { name: state, kind: 'contacts' });
    await store.put(fileKey(ctx, id), new Uint8Array([1]));
    await ctx.db.run(
      ctx.db.update(contactImport, { state, bytes: 1, format }, eq(contactImport.id, id)),
    );
    ids.push(id);
  }
  const left = async () => (await store.list(`t/${ctx.tenant.id}/`)).keys;
  clock.advance(FILE_LIVES_MS);
  await deleteOldFiles(ctx, store);
  expect(await left()).toHaveLength(3);
  clock.advance(1);
  await deleteOldFiles(ctx, store);
  expect(await left()).toEqual([fileKey(ctx, ids[2] ?? '')]);
  const mapping = { number: 'Phone', fields: {} };
  const start = startImport(
    ctx,
    { send: async () => undefined },
    { importId: ids[1] ?? '', state: 'running', mapping },
  );
  await expect(start).rejects.toMatchObject({ code: 'conflict', message: /deleted/ });
});
