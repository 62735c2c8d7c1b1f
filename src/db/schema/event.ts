import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Who wrote an event; each numbers its own, so a replay adds nothing. */
export const EVENT_SOURCES = ['cron', 'dial', 'session', 'ledger', 'late', 'text'] as const;
export type EventSource = (typeof EVENT_SOURCES)[number];

/**
 * Append-only by trigger. A row holds one event or, as `src/db/pack-events.ts` has it, several that
 * follow each other. WITHOUT ROWID and no secondary index (one row written each), which
 * the generator cannot say: migrations/events is written by hand and a test compares the two.
 */
export const callEvent = sqliteTable(
  'call_event',
  {
    tenantId: text('tenant_id').notNull(),
    callId: text('call_id').notNull(),
    source: text('source', { enum: EVENT_SOURCES }).notNull(),
    n: integer('n').notNull(),
    at: integer('at').notNull(),
    type: text('type').notNull(),
    detail: text('detail', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.callId, table.source, table.n] })],
);
