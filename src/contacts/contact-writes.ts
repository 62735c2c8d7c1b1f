import type { Statement } from '../db/statement.ts';
import type { TenantDb } from '../db/tenant-db.ts';

/** Rows for `upsertSql`, as JSON: id, externalId, number, timeZone, fields and consent. */
export type ContactWrite = {
  readonly id: string;
  readonly externalId: string;
  readonly number: string;
  readonly timeZone: string | null;
  readonly fields: Readonly<Record<string, string>>;
  readonly consent?: Consent | null;
};
export type Consent = { readonly kind: string; readonly source: string; readonly at: number };

/** ?2 the rows, ?3 now, ?4 the import or null. `condition` is SQL over further parameters. */
export function upsertSql(how: 'replace' | 'merge', condition = 'true'): string {
  return `INSERT INTO contact
  (tenant_id, id, external_id, e164, time_zone, fields, consent_kind, consent_source, consent_at,
   import_id, created_at, updated_at)
SELECT ?1, value->>'id', value->>'externalId', value->>'number', value->>'timeZone',
  value->'fields', value->>'$.consent.kind', value->>'$.consent.source', value->>'$.consent.at',
  ?4, ?3, ?3
FROM json_each(?2) WHERE ${condition}
ON CONFLICT (tenant_id, external_id) DO UPDATE SET e164 = excluded.e164, ${ON_CONFLICT[how]},
  consent_kind = coalesce(excluded.consent_kind, consent_kind),
  consent_source = coalesce(excluded.consent_source, consent_source),
  consent_at = coalesce(excluded.consent_at, consent_at),
  import_id = excluded.import_id, updated_at = excluded.updated_at`;
}

const ON_CONFLICT = {
  replace: 'time_zone = excluded.time_zone, fields = excluded.fields',
  merge: `time_zone = coalesce(excluded.time_zone, time_zone),
  fields = json_patch(fields, excluded.fields)`,
} as const;

/** A changed number moves into the enrolments that nobody has been dialled for yet. */
export function moveNumbers(db: TenantDb, externalIds: readonly string[]): Statement {
  return db.raw(MOVE_NUMBERS, JSON.stringify(externalIds));
}

const MOVE_NUMBERS = `UPDATE enrolment SET e164 = (SELECT c.e164 FROM contact AS c
  WHERE c.tenant_id = ?1 AND c.id = enrolment.contact_id)
WHERE tenant_id = ?1 AND state IN ('pending', 'due') AND contact_id IN (
  SELECT c.id FROM json_each(?2) AS one
  CROSS JOIN contact AS c ON c.tenant_id = ?1 AND c.external_id = one.value)
AND e164 != (SELECT c.e164 FROM contact AS c
  WHERE c.tenant_id = ?1 AND c.id = enrolment.contact_id)`;
