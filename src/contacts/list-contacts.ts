import { desc, eq, lt } from 'drizzle-orm';
import { contact } from '../db/schema/contact.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';

export type ContactView = {
  readonly id: string;
  readonly externalId: string;
  readonly number: string;
  readonly timeZone: string | null;
  readonly fields: Record<string, string>;
  readonly createdAt: number;
  readonly updatedAt: number;
};

/** Newest first; the cursor is the last contact of the page before. */
export async function listContacts(
  ctx: TenantContext,
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<ContactView[]> {
  const where = page.cursor === undefined ? undefined : lt(contact.id, page.cursor);
  const rows = await ctx.db.find(contact, where, {
    orderBy: desc(contact.id),
    limit: page.limit,
  });
  return rows.map(viewOf);
}

export async function readContact(ctx: TenantContext, id: string): Promise<ContactView> {
  const found = await ctx.db.findOne(contact, eq(contact.id, id));
  if (found !== null) return viewOf(found);
  throw new DestinyError('not_found', `There is no contact ${id}; check the identifier.`);
}

function viewOf({ tenantId: _, e164, ...row }: typeof contact.$inferSelect): ContactView {
  return { ...row, number: e164 };
}
