import { and, desc, eq, lt } from 'drizzle-orm';
import { contactImport, type IMPORT_STATES } from '../db/schema/import.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';

export type ImportRow = typeof contactImport.$inferSelect;
export type ImportState = (typeof IMPORT_STATES)[number];

/** The tenant's own import, or `not_found`. */
export async function findImport(ctx: TenantContext, id: string): Promise<ImportRow> {
  const found = await ctx.db.findOne(contactImport, eq(contactImport.id, id));
  if (found !== null) return found;
  throw new DestinyError('not_found', `There is no import ${id}; check the identifier.`);
}

/** Newest first. */
export function listImports(
  ctx: TenantContext,
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<ImportRow[]> {
  const where = page.cursor === undefined ? undefined : lt(contactImport.id, page.cursor);
  return ctx.db.find(contactImport, and(where), {
    orderBy: desc(contactImport.id),
    limit: page.limit,
  });
}

/** Where the file lies; nobody else's key can be named, as the tenant leads. */
export function fileKey(ctx: TenantContext, importId: string): string {
  return `t/${ctx.tenant.id}/uploads/${importId}.csv`;
}
