import type { TenantContext } from '../tenants/context.ts';

const NEWEST_CONTACTS = 5000;
const MOST_FIELDS = 200;

/** Names of the fields that the newest contacts have, by name. */
export async function contactFields(ctx: TenantContext): Promise<string[]> {
  const rows = await ctx.db.rows<{ name: string }>(
    ctx.db.raw(FIELDS, NEWEST_CONTACTS, MOST_FIELDS),
  );
  return rows.map(({ name }) => name);
}

const FIELDS = `SELECT DISTINCT f.key AS name FROM (
  SELECT fields FROM contact WHERE tenant_id = ?1 AND erased_at IS NULL
  ORDER BY id DESC LIMIT ?2) AS c, json_each(c.fields) AS f
ORDER BY name LIMIT ?3`;
