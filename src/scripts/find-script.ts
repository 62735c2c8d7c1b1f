import { and, desc, eq, lt } from 'drizzle-orm';
import { script, scriptVersion } from '../db/schema/script.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';

export type ScriptRow = typeof script.$inferSelect;
export type VersionRow = typeof scriptVersion.$inferSelect;
type PageInput = { readonly cursor?: string | undefined; readonly limit: number };

/** The tenant's own script, or `not_found`. */
export async function findScript(ctx: TenantContext, id: string): Promise<ScriptRow> {
  const found = await ctx.db.findOne(script, eq(script.id, id));
  if (found !== null) return found;
  throw new DestinyError('not_found', `There is no script ${id}; check the identifier.`);
}

export function listScripts(ctx: TenantContext, page: PageInput): Promise<ScriptRow[]> {
  const where = page.cursor === undefined ? undefined : lt(script.id, page.cursor);
  return ctx.db.find(script, where, { orderBy: desc(script.id), limit: page.limit });
}

export async function findVersion(
  ctx: TenantContext,
  input: { readonly scriptId: string; readonly version: number },
): Promise<VersionRow> {
  const own = eq(scriptVersion.scriptId, input.scriptId);
  const found = await ctx.db.findOne(
    scriptVersion,
    and(own, eq(scriptVersion.version, input.version)) ?? own,
  );
  if (found !== null) return found;
  throw new DestinyError(
    'not_found',
    `Script ${input.scriptId} has no version ${input.version}; check the number.`,
  );
}

/** Newest first; the cursor is the last version of the page before. */
export async function listVersions(
  ctx: TenantContext,
  scriptId: string,
  page: PageInput,
): Promise<VersionRow[]> {
  await findScript(ctx, scriptId);
  const before = Number(page.cursor ?? Number.POSITIVE_INFINITY);
  if (Number.isNaN(before)) throw new DestinyError('invalid_input', 'The cursor is none of ours.');
  const own = eq(scriptVersion.scriptId, scriptId);
  const where = Number.isFinite(before) ? and(own, lt(scriptVersion.version, before)) : own;
  return ctx.db.find(scriptVersion, where, {
    orderBy: desc(scriptVersion.version),
    limit: page.limit,
  });
}
