import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Flow } from '../../flow/types.ts';

export const script = sqliteTable(
  'script',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    /** The draft as its author left it, whether or not it compiles. */
    content: text('content').notNull(),
    /** 0 until the first publish. */
    publishedVersion: integer('published_version').notNull(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    /** Grows with every change; an edit names the one it was made from. */
    revision: integer('revision').notNull().default(1),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

/** A published flow; never changes, so caches need no invalidation. */
export const scriptVersion = sqliteTable(
  'script_version',
  {
    tenantId: text('tenant_id').notNull(),
    scriptId: text('script_id').notNull(),
    version: integer('version').notNull(),
    hash: text('hash').notNull(),
    content: text('content').notNull(),
    flowJson: text('flow_json', { mode: 'json' }).$type<Flow>().notNull(),
    publishedAt: integer('published_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.scriptId, table.version] })],
);

/** Index of the sentences that exist as audio in the object store. */
export const clip = sqliteTable(
  'clip',
  {
    tenantId: text('tenant_id').notNull(),
    key: text('key').notNull(),
    /** Which folder holds it: the same words may be literal in one script and a value in another. */
    kind: text('kind', { enum: ['static', 'dynamic'] }).notNull(),
    bytes: integer('bytes').notNull(),
    characters: integer('characters').notNull(),
    madeAt: integer('made_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.key] }),
    index('clip_made').on(table.tenantId, table.madeAt, table.characters),
  ],
);
