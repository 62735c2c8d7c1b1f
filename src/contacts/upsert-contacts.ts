import { isTimeZone } from '../dialing/window.ts';
import { isE164 } from '../shared/e164.ts';
import type { TenantContext } from '../tenants/context.ts';
import { type Consent, type ContactWrite, moveNumbers, upsertSql } from './contact-writes.ts';
import { parseNumber } from './parse-number.ts';

export type ContactInput = {
  readonly externalId: string;
  readonly number: string;
  readonly timeZone?: string | undefined;
  readonly fields: Readonly<Record<string, string>>;
  readonly consent?: Consent | undefined;
  /** For a number without a country code, such as US; else it must be E.164. */
  readonly country?: string | undefined;
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
  const parsed = input.map((row) =>
    row.country === undefined
      ? row
      : { ...row, number: parseNumber(row.number, { country: row.country }) ?? row.number },
  );
  const rejected = parsed.flatMap((row, index) => {
    const fault = faultOf(row);
    return fault === null ? [] : [{ index, ...fault }];
  });
  const refused = new Set(rejected.map((row) => row.index));
  const rows = parsed
    .filter((_, index) => !refused.has(index))
    .map(({ externalId, number, timeZone = null, fields, consent = null }) => ({
      ...{ id: ctx.newId('con'), externalId, number, timeZone, fields, consent },
    }));
  const [contacts = []] = await ctx.db.batch([
    ctx.db.raw(
      UPSERT_CONTACTS,
      JSON.stringify(rows satisfies ContactWrite[]),
      ctx.clock.now(),
      null,
    ),
    moveNumbers(
      ctx.db,
      rows.map(({ externalId }) => externalId),
    ),
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

const UPSERT_CONTACTS = `${upsertSql('replace')} RETURNING id, external_id`;
