import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * A tenant that is on its way to another DATA shard, in both; none for a tenant that stays.
 * `logged`: every change of its rows is noted in `tenant_change`. `held`: triggers refuse every
 * write, so nothing is written where the tenant is not at home, or will not be in a moment.
 */
export const tenantGate = sqliteTable('tenant_gate', {
  tenantId: text('tenant_id').primaryKey(),
  state: text('state', { enum: ['logged', 'held'] }).notNull(),
  /** Who moves it now; whoever was before changes nothing any more. */
  token: integer('token').notNull(),
  /** The table the mover writes in this very transaction; what triggers add elsewhere is dropped. */
  fills: text('fills'),
});

/** Which row changed while the tenant is copied, oldest first. */
export const tenantChange = sqliteTable(
  'tenant_change',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    tenantId: text('tenant_id').notNull(),
    tableName: text('table_name').notNull(),
    /** The row's key without the tenant, as a JSON list. */
    rowKey: text('row_key', { mode: 'json' }).$type<readonly (string | number)[]>().notNull(),
  },
  (table) => [index('tenant_change_seq').on(table.tenantId, table.seq)],
);
