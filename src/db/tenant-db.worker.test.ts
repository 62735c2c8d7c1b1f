import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { newTenant } from '../../tests/support/tenant.ts';
import { inList } from './in-list.ts';
import { suppression } from './schema/contact.ts';

const row = (e164: string) => ({ e164, reason: 'manual' as const, createdAt: 1 });

test('a tenant finds its own rows and never those of another', async () => {
  const [one, other] = [await newTenant(), await newTenant()];
  await one.db.run(one.db.insert(suppression, row('+15550000001')));
  const where = eq(suppression.e164, '+15550000001');
  expect(await one.db.findOne(suppression, where)).toMatchObject({ tenantId: one.tenant.id });
  expect(await other.db.findOne(suppression, where)).toBeNull();
});

test('a change reaches only rows of the tenant', async () => {
  const [one, other] = [await newTenant(), await newTenant()];
  for (const ctx of [one, other]) await ctx.db.run(ctx.db.insert(suppression, row('+15550000002')));
  const changed = await other.db.run(
    other.db.update(suppression, { reason: 'import' }, eq(suppression.e164, '+15550000002')),
  );
  expect(changed).toBe(1);
  const kept = await one.db.findOne(suppression, eq(suppression.e164, '+15550000002'));
  expect(kept?.reason).toBe('manual');
});

test('the tenant of an insert is the scope, whatever the row says', async () => {
  const [one, other] = [await newTenant(), await newTenant()];
  const forged = { ...row('+15550000003'), tenantId: one.tenant.id };
  await other.db.run(other.db.insert(suppression, forged));
  expect(await one.db.find(suppression)).toEqual([]);
});

test('raw SQL without the tenant is refused before it runs', async () => {
  const { db } = await newTenant();
  expect(() => db.raw('DELETE FROM suppression')).toThrow(/tenant_id/);
});

test('a list of five thousand values is one parameter', async () => {
  const { db } = await newTenant();
  await db.run(db.insert(suppression, row('+15550004999')));
  const numbers = Array.from({ length: 5000 }, (_, i) => `+1555000${String(i).padStart(4, '0')}`);
  expect(await db.find(suppression, inList(suppression.e164, numbers))).toHaveLength(1);
});

test('a batch is one transaction', async () => {
  const { db } = await newTenant();
  const twice = [
    db.insert(suppression, row('+15550000005')),
    db.insert(suppression, row('+15550000005')),
  ];
  await expect(db.batch(twice)).rejects.toThrow(/UNIQUE/);
  expect(await db.find(suppression)).toEqual([]);
});

test('tenants live on both shards', async () => {
  const contexts = [await newTenant({ dataShard: 0 }), await newTenant({ dataShard: 1 })];
  for (const ctx of contexts) {
    await ctx.db.run(ctx.db.insert(suppression, row('+15550000006')));
    expect(await ctx.db.find(suppression)).toHaveLength(1);
  }
});
