import { sql } from 'drizzle-orm';
import { integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** In their order; the last two of each way are ends. */
export const MOVE_STATES = [
  'copying',
  'catching_up',
  'cutting_over',
  'cleaning',
  'done',
  'undoing',
  'undone',
] as const;

/** A tenant's way from one DATA shard to another, one at a time. */
export const tenantMove = sqliteTable(
  'tenant_move',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    fromShard: integer('from_shard').notNull(),
    toShard: integer('to_shard').notNull(),
    state: text('state', { enum: MOVE_STATES }).notNull(),
    /** The table and the key after which the next page of this state begins. */
    cursor: text('cursor', { mode: 'json' }).$type<{
      readonly table: string;
      readonly key: readonly (string | number)[];
    }>(),
    rowsCopied: integer('rows_copied').notNull().default(0),
    /** Why the last step failed, or why it went back. */
    error: text('error'),
    /** Until then somebody works at it; grows by one with each who begins. */
    leaseUntil: integer('lease_until').notNull(),
    token: integer('token').notNull(),
    createdAt: integer('created_at').notNull(),
    cutAt: integer('cut_at'),
    finishedAt: integer('finished_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('tenant_move_active').on(table.tenantId).where(sql`finished_at IS NULL`),
  ],
);
