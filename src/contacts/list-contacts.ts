import { and, desc, eq, lt } from 'drizzle-orm';
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

/** Newest first; the cursor is the last contact of the page before. */
export async function listContacts(
  ctx: TenantContext,
  page: {
    readonly cursor?: string | undefined;
    readonly limit: number;
    readonly number?: string | undefined;
    readonly externalId?: string | undefined;
  },
): Promise<ContactView[]> {
  const where = and(
    page.cursor === undefined ? undefined : lt(contact.id, page.cursor),
    page.number === undefined ? undefined : eq(contact.e164, page.number),
    page.externalId === undefined ? undefined : eq(contact.externalId, page.externalId),
  );
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

function viewOf(row: typeof contact.$inferSelect): ContactView {
  const { id, externalId, e164, timeZone, fields, createdAt, updatedAt } = row;
  const { consentKind: kind, consentSource: source, consentAt: at } = row;
  const consent = kind === null || source === null || at === null ? null : { kind, source, at };
  return { id, externalId, number: e164, timeZone, fields, consent, createdAt, updatedAt };
}
