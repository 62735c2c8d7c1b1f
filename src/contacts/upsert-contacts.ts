import { isTimeZone } from '../dialing/window.ts';
import { isE164 } from '../shared/e164.ts';
import type { TenantContext } from '../tenants/context.ts';

export type ContactInput = {
  readonly externalId: string;
  readonly number: string;
  readonly timeZone?: string | undefined;
  readonly fields: Readonly<Record<string, string>>;
};

export type UpsertedContacts = {
  readonly contacts: readonly { readonly id: string; readonly externalId: string }[];
  /** Rows that were left out, by their place in the input, with what to mend. */
  readonly rejected: readonly {
    readonly index: number;
    readonly code: string;
    readonly message: string;
  }[];
};

/** Adds contacts or changes those whose `externalId` is known; a bad row stops no other. */
export async function upsertContacts(
  ctx: TenantContext,
  input: readonly ContactInput[],
): Promise<UpsertedContacts> {
  const rejected = input.flatMap((row, index) => {
    const fault = faultOf(row);
    return fault === null ? [] : [{ index, ...fault }];
  });
  const refused = new Set(rejected.map((row) => row.index));
  const rows = input
    .filter((_, index) => !refused.has(index))
    .map((row) => ({ ...row, id: ctx.newId('con'), timeZone: row.timeZone ?? null }));
  const [contacts = []] = await ctx.db.batch([
    ctx.db.raw(UPSERT_CONTACTS, JSON.stringify(rows), ctx.clock.now()),
  ]);
  return {
    contacts: contacts.map((row) => ({ id: String(row.id), externalId: String(row.external_id) })),
    rejected,
  };
}

function faultOf(row: ContactInput): { code: string; message: string } | null {
  if (!isE164(row.number)) {
    return {
      code: 'invalid_number',
      message: `"${row.number}" is not an E.164 number; write it like +15551234567.`,
    };
  }
  if (row.timeZone !== undefined && !isTimeZone(row.timeZone)) {
    return {
      code: 'invalid_input',
      message: `"${row.timeZone}" is not a time zone; write it like America/New_York.`,
    };
  }
  return null;
}

const UPSERT_CONTACTS = `INSERT INTO contact
  (tenant_id, id, external_id, e164, time_zone, fields, created_at, updated_at)
SELECT ?1, value->>'id', value->>'externalId', value->>'number', value->>'timeZone',
  value->'fields', ?3, ?3
FROM json_each(?2) WHERE true
ON CONFLICT (tenant_id, external_id) DO UPDATE SET
  e164 = excluded.e164, time_zone = excluded.time_zone, fields = excluded.fields,
  updated_at = excluded.updated_at
RETURNING id, external_id`;
