import { sql } from 'drizzle-orm';
import {
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';

/** Where a tenant differs from the platform's defaults. */
export const alertRule = sqliteTable(
  'alert_rule',
  {
    tenantId: text('tenant_id').notNull(),
    name: text('name').notNull(),
    isOn: integer('is_on', { mode: 'boolean' }).notNull(),
    /** Null: the default. */
    threshold: real('threshold'),
    changedAt: integer('changed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.name] })],
);

/** One time that something was not as it should be, from raising to resolving. */
export const alert = sqliteTable(
  'alert',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    rule: text('rule').notNull(),
    /** What raised it, and the threshold it passed. */
    value: real('value').notNull(),
    threshold: real('threshold').notNull(),
    raisedAt: integer('raised_at').notNull(),
    resolvedAt: integer('resolved_at'),
    acknowledgedAt: integer('acknowledged_at'),
    acknowledgedBy: text('acknowledged_by'),
    /** When the sink had taken each change; null: it is to be told yet. */
    raisedToldAt: integer('raised_told_at'),
    resolvedToldAt: integer('resolved_told_at'),
    /** Until then somebody is telling the sink. */
    tellLeaseUntil: integer('tell_lease_until'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('alert_open').on(table.tenantId, table.rule).where(sql`resolved_at IS NULL`),
    index('alert_untold')
      .on(table.raisedAt)
      .where(sql`raised_told_at IS NULL OR (resolved_at IS NOT NULL AND resolved_told_at IS NULL)`),
  ],
);
