import { and, desc, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import { contact } from '../db/schema/contact.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import type { Consent } from './contact-writes.ts';

export type ContactView = {
  readonly id: string;
  readonly externalId: string;
  readonly number: string;
  readonly timeZone: string | null;
  readonly fields: Record<string, string>;
  readonly consent: Consent | null;
  readonly createdAt: number;
  readonly updatedAt: number;
};
export type ContactPage = {
  readonly contacts: ContactView[];
  readonly nextCursor: string | null;
};

/** As in the ledger: what no index knows is looked for in few contacts, then in more, then page by page. */
export const LOOKS_AT: readonly number[] = [1_000, 20_000];

/** Newest first; `nextCursor` is null at the end. */
export async function listContacts(
  ctx: TenantContext,
  page: {
    readonly cursor?: string | undefined;
    readonly limit: number;
    readonly number?: string | undefined;
    readonly externalId?: string | undefined;
    readonly listId?: string | undefined;
    /** Stands in the number, the externalId or a field; capitals make no difference. */
    readonly text?: string | undefined;
  },
): Promise<ContactPage> {
  const { cursor, limit, number, externalId, listId, text } = page;
  const narrow = and(
    cursor === undefined ? undefined : lt(contact.id, cursor),
    number === undefined ? undefined : eq(contact.e164, number),
    externalId === undefined ? undefined : eq(contact.externalId, externalId),
  );
  const wide = and(
    listId === undefined ? undefined : isOn(ctx, listId),
    text === undefined ? undefined : holds(text),
  );
  if (wide === undefined) return pageOf(await newest(ctx, narrow, limit), limit, null);
  let end: string | null = null;
  let rows: readonly ContactView[] = [];
  for (const size of LOOKS_AT) {
    end = await idAfter(ctx, narrow, size);
    rows = await newest(
      ctx,
      and(narrow, wide, end === null ? undefined : gte(contact.id, end)),
      limit,
    );
    if (rows.length === limit || end === null) break;
  }
  return pageOf(rows, limit, end);
}

function pageOf(rows: readonly ContactView[], limit: number, end: string | null): ContactPage {
  const last = rows.at(-1);
  const isFull = rows.length === limit && last !== undefined;
  return { contacts: [...rows], nextCursor: isFull ? last.id : end };
}

async function newest(
  ctx: TenantContext,
  where: SQL | undefined,
  limit: number,
): Promise<readonly ContactView[]> {
  const rows = await ctx.db.find(contact, where, { orderBy: desc(contact.id), limit });
  return rows.map(viewOf);
}

async function idAfter(
  ctx: TenantContext,
  where: SQL | undefined,
  contacts: number,
): Promise<string | null> {
  const at = { orderBy: desc(contact.id), limit: 1, skip: contacts - 1 };
  const [last] = await ctx.db.find(contact, where, at);
  return last?.id ?? null;
}

function isOn(ctx: TenantContext, listId: string): SQL {
  return sql`EXISTS (SELECT 1 FROM contact_list_member AS m WHERE m.tenant_id = ${ctx.tenant.id}
    AND m.list_id = ${listId} AND m.contact_id = ${contact.id})`;
}

function holds(text: string): SQL {
  const low = text.toLowerCase();
  return sql`(instr(${contact.e164}, ${low}) > 0 OR instr(lower(${contact.externalId}), ${low}) > 0
    OR EXISTS (SELECT 1 FROM json_each(${contact.fields}) WHERE instr(lower(value), ${low}) > 0))`;
}

export async function readContact(ctx: TenantContext, id: string): Promise<ContactView> {
  const found = await ctx.db.findOne(contact, eq(contact.id, id));
  if (found !== null) return viewOf(found);
  throw new DestinyError('not_found', `There is no contact ${id}; check the identifier.`);
}

/** How many of the newest contacts tell which fields are in use. */
const FIELDS_OF = 5_000;

/** Names of the fields that contacts have, most used first. */
export async function listFields(
  ctx: TenantContext,
): Promise<{ readonly name: string; readonly contacts: number }[]> {
  return ctx.db.rows(ctx.db.raw(FIELDS, FIELDS_OF));
}

const FIELDS = `SELECT key AS name, count(*) AS contacts
FROM (SELECT fields FROM contact WHERE tenant_id = ?1 ORDER BY id DESC LIMIT ?2) AS newest
CROSS JOIN json_each(newest.fields) WHERE value != '' GROUP BY key
ORDER BY contacts DESC, name LIMIT 200`;

function viewOf(row: typeof contact.$inferSelect): ContactView {
  const { id, externalId, e164, timeZone, fields, createdAt, updatedAt } = row;
  const { consentKind: kind, consentSource: source, consentAt: at } = row;
  const consent = kind === null || source === null || at === null ? null : { kind, source, at };
  return { id, externalId, number: e164, timeZone, fields, consent, createdAt, updatedAt };
}
