import type { TenantDb } from '../db/tenant-db.ts';
import type { Caller } from './caller-lookup.ts';

type Row = { readonly e164: string; readonly id: string; readonly fields: string };

/** Of these numbers (E.164) the contact that changed last, by number. */
export async function newestContacts(
  db: TenantDb,
  e164s: readonly string[],
): Promise<ReadonlyMap<string, Caller>> {
  const rows = await db.rows<Row>(
    db.raw(
      `SELECT e164, id, fields FROM contact
       WHERE tenant_id = ?1 AND e164 IN (SELECT value FROM json_each(?2))
       ORDER BY updated_at`,
      JSON.stringify(e164s),
    ),
  );
  return new Map(rows.map(({ e164, id, fields }) => [e164, { id, fields: JSON.parse(fields) }]));
}
