import { desc, lt } from 'drizzle-orm';
import { contactList } from '../db/schema/contact.ts';
import type { TenantContext } from '../tenants/context.ts';

export type ListView = { readonly id: string; readonly name: string; readonly createdAt: number };

export async function createList(
  ctx: TenantContext,
  input: { readonly name: string },
): Promise<ListView> {
  const made = { id: ctx.newId('lst'), name: input.name, createdAt: ctx.clock.now() };
  await ctx.db.run(ctx.db.insert(contactList, made));
  return made;
}

/** Newest first. */
export async function listLists(
  ctx: TenantContext,
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<ListView[]> {
  const where = page.cursor === undefined ? undefined : lt(contactList.id, page.cursor);
  const rows = await ctx.db.find(contactList, where, {
    orderBy: desc(contactList.id),
    limit: page.limit,
  });
  return rows.map(({ id, name, createdAt }) => ({ id, name, createdAt }));
}
