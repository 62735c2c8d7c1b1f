import { eq } from 'drizzle-orm';
import { inList } from '../db/in-list.ts';
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

/** People that one page looks at, when what it looks for stands in no index. */
const MOST_LOOKED_AT = 20_000;

export type ContactPage = {
  readonly contacts: readonly ContactView[];
  readonly nextCursor: string | null;
};

/**
 * Newest first; the cursor is the last contact of the page before, or how far it has looked: with
 * a text that few have a page may be short, or empty, and still have a next one.
 */
export async function listContacts(
  ctx: TenantContext,
  page: {
    readonly cursor?: string | undefined;
    readonly limit: number;
    readonly number?: string | undefined;
    readonly externalId?: string | undefined;
    readonly listId?: string | undefined;
    /** Part of the number, the externalId or the value of a field. */
    readonly text?: string | undefined;
  },
): Promise<ContactPage> {
  const { cursor = AFTER_ALL, limit, listId, text } = page;
  const way = wayTo(page);
  const [floor] =
    text === undefined || way.floor === null
      ? []
      : await ctx.db.rows<{ id: string }>(
          ctx.db.raw(way.floor, cursor, listId ?? null, MOST_LOOKED_AT - 1),
        );
  const found = await ctx.db.rows<{ id: string }>(
    ctx.db.raw(
      way.text,
      ...[cursor, listId ?? null, floor?.id ?? '', text ?? null],
      ...[page.number ?? null, page.externalId ?? null, limit],
    ),
  );
  const places = found.map(({ id }) => id);
  const rows = places.length === 0 ? [] : await ctx.db.find(contact, inList(contact.id, places));
  const byId = new Map(rows.map((row) => [row.id, viewOf(row)]));
  return {
    contacts: places.flatMap((id) => byId.get(id) ?? []),
    nextCursor: (places.length === limit ? places.at(-1) : floor?.id) ?? null,
  };
}

export async function readContact(ctx: TenantContext, id: string): Promise<ContactView> {
  const found = await ctx.db.findOne(contact, eq(contact.id, id));
  if (found !== null) return viewOf(found);
  throw new DestinyError('not_found', `There is no contact ${id}; check the identifier.`);
}

function viewOf(row: typeof contact.$inferSelect): ContactView {
  const { id, externalId, e164, timeZone, fields, createdAt, updatedAt } = row;
  const { consentKind: kind, consentSource: source, consentAt: at } = row;
  const consent = kind === null || source === null || at === null ? null : { kind, source, at };
  const shown = row.erasedAt === null ? { number: e164, fields } : { number: '', fields: {} };
  return { id, externalId, ...shown, timeZone, consent, createdAt, updatedAt };
}

/** No identifier sorts behind it. */
const AFTER_ALL = '~';

const FLOOR = `SELECT id FROM contact
WHERE tenant_id = ?1 AND id < ?2 AND ?3 IS NULL
ORDER BY id DESC LIMIT 1 OFFSET ?4`;
const FLOOR_OF_LIST = `SELECT contact_id AS id FROM contact_list_member
WHERE tenant_id = ?1 AND contact_id < ?2 AND list_id = ?3
ORDER BY contact_id DESC LIMIT 1 OFFSET ?4`;

const WANTED = `c.erased_at IS NULL AND c.id < ?2 AND c.id >= ?4
  AND (?3 IS NULL OR EXISTS (SELECT 1 FROM contact_list_member AS m
    WHERE m.tenant_id = ?1 AND m.list_id = ?3 AND m.contact_id = c.id))
  AND (?5 IS NULL OR instr(c.e164, ?5) > 0 OR instr(lower(c.external_id), lower(?5)) > 0
    OR (instr(lower(c.fields), lower(?5)) > 0 AND EXISTS (
      SELECT 1 FROM json_each(c.fields) AS f WHERE instr(lower(f.value), lower(?5)) > 0)))
  AND (?6 IS NULL OR c.e164 = ?6) AND (?7 IS NULL OR c.external_id = ?7)`;

const ids = (way: string) => `SELECT c.id AS id FROM ${way} AND ${WANTED}
ORDER BY c.id DESC LIMIT ?8`;
const IDS = ids('contact AS c WHERE c.tenant_id = ?1');
const IDS_BY_EXTERNAL = ids(`contact AS c INDEXED BY contact_external_id
WHERE c.tenant_id = ?1 AND c.external_id = ?7`);
const IDS_BY_NUMBER = ids(`contact AS c INDEXED BY contact_number
WHERE c.tenant_id = ?1 AND c.e164 = ?6`);
const IDS_OF_LIST = `SELECT c.id AS id FROM contact_list_member AS l
CROSS JOIN contact AS c ON c.tenant_id = ?1 AND c.id = l.contact_id
WHERE l.tenant_id = ?1 AND l.list_id = ?3 AND l.contact_id < ?2 AND l.contact_id >= ?4 AND ${WANTED}
ORDER BY l.contact_id DESC LIMIT ?8`;

/** The way on which the fewest are looked at. */
function wayTo(page: {
  readonly externalId?: string | undefined;
  readonly number?: string | undefined;
  readonly listId?: string | undefined;
}): { readonly text: string; readonly floor: string | null } {
  if (page.externalId !== undefined) return { text: IDS_BY_EXTERNAL, floor: null };
  if (page.number !== undefined) return { text: IDS_BY_NUMBER, floor: null };
  if (page.listId !== undefined) return { text: IDS_OF_LIST, floor: FLOOR_OF_LIST };
  return { text: IDS, floor: FLOOR };
}
