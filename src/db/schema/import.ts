import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const IMPORT_KINDS = ['contacts', 'suppressions'] as const;

/** waiting (no file) -> uploaded -> checking -> checked -> running -> done; or failed, cancelled. */
export const IMPORT_STATES = [
  'waiting',
  'uploaded',
  'checking',
  'checked',
  'running',
  'done',
  'failed',
  'cancelled',
] as const;

export type CsvFormat = {
  readonly encoding: 'utf-8' | 'windows-1252';
  readonly delimiter: ',' | ';' | '\t' | '|';
  readonly newline: '\n' | '\r\n' | '\r';
  readonly columns: readonly string[];
  /** Bytes of the byte order mark and the first line; the rows begin after them. */
  readonly headerBytes: number;
  /** Lines that the header takes. */
  readonly headerLines: number;
};

/** Which column gives what; a column's name stands as in the file. */
export type ImportMapping = {
  readonly number: string;
  /** Without it the number is the contact's externalId. */
  readonly externalId?: string | undefined;
  readonly timeZone?: string | undefined;
  /** Name of the contact's field -> column. */
  readonly fields: Readonly<Record<string, string>>;
  /** Country of numbers without a country code, such as US; else the tenant's first calling code. */
  readonly country?: string | undefined;
  readonly consent?:
    | { readonly kind: string; readonly source: string; readonly at: number }
    | undefined;
  /** Rows go into this list. */
  readonly listId?: string | undefined;
};

/** A file on its way into contacts or suppressions; the cursor moves with the rows, in one batch. */
export const contactImport = sqliteTable(
  'contact_import',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    kind: text('kind', { enum: IMPORT_KINDS }).notNull(),
    state: text('state', { enum: IMPORT_STATES }).notNull(),
    bytes: integer('bytes').notNull(),
    format: text('format', { mode: 'json' }).$type<CsvFormat>(),
    mapping: text('mapping', { mode: 'json' }).$type<ImportMapping>(),
    /** Byte of the file at which the next row begins, and that row's line. */
    cursor: integer('cursor').notNull(),
    line: integer('line').notNull(),
    added: integer('added').notNull(),
    changed: integer('changed').notNull(),
    /** Rows of somebody who stood in the file before; the later row wins. */
    duplicates: integer('duplicates').notNull(),
    rejected: integer('rejected').notNull(),
    /** Its exact value is the holder's; after it cron asks again. Null = nobody is at it. */
    leaseUntil: integer('lease_until'),
    /** What ended it, when it failed. */
    error: text('error'),
    createdAt: integer('created_at').notNull(),
    finishedAt: integer('finished_at'),
    /** When its file and its refused rows were deleted; null while they are kept. */
    fileDeletedAt: integer('file_deleted_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('contact_import_lease').on(table.leaseUntil).where(sql`lease_until IS NOT NULL`),
  ],
);

export const importRejection = sqliteTable(
  'import_rejection',
  {
    tenantId: text('tenant_id').notNull(),
    importId: text('import_id').notNull(),
    line: integer('line').notNull(),
    code: text('code').notNull(),
    message: text('message').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.importId, table.line] })],
);
