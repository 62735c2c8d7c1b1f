import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';

export const contact = sqliteTable(
  'contact',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    externalId: text('external_id').notNull(),
    e164: text('e164').notNull(),
    /** IANA zone of the called person; null = the campaign's. */
    timeZone: text('time_zone'),
    fields: text('fields', { mode: 'json' }).$type<Record<string, string>>().notNull(),
    /** What the person agreed to, such as `calls` or `marketing`; null = nobody has told. */
    consentKind: text('consent_kind'),
    /** Where it was given: a form, a contract, a file. */
    consentSource: text('consent_source'),
    consentAt: integer('consent_at'),
    /** The import that wrote the row last. */
    importId: text('import_id'),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('contact_external_id').on(table.tenantId, table.externalId),
    // Who calls is looked up by his number.
    index('contact_number').on(table.tenantId, table.e164),
  ],
);

export const contactList = sqliteTable(
  'contact_list',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const contactListMember = sqliteTable(
  'contact_list_member',
  {
    tenantId: text('tenant_id').notNull(),
    listId: text('list_id').notNull(),
    contactId: text('contact_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.listId, table.contactId] })],
);

export const SUPPRESSION_REASONS = [
  'caller_request',
  'sms_stop',
  'import',
  'manual',
  'carrier',
] as const;

/** A number the tenant may not contact again. */
export const suppression = sqliteTable(
  'suppression',
  {
    tenantId: text('tenant_id').notNull(),
    e164: text('e164').notNull(),
    reason: text('reason', { enum: SUPPRESSION_REASONS }).notNull(),
    callId: text('call_id'),
    createdAt: integer('created_at').notNull(),
    /** What wrote it, in words: a person's note, the name of an import. */
    source: text('source'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.e164] })],
);
