import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** A server of the tenant's that is told what happens. */
export const webhookEndpoint = sqliteTable(
  'webhook_endpoint',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    url: text('url').notNull(),
    description: text('description').notNull(),
    /** What it wants to be told; an empty list is everything. */
    types: text('types', { mode: 'json' }).$type<string[]>().notNull(),
    secretSealed: text('secret_sealed').notNull(),
    /** Signs beside the new one for a while, so that a receiver can change over. */
    previousSealed: text('previous_sealed'),
    previousUntil: integer('previous_until'),
    state: text('state', { enum: ['enabled', 'disabled'] }).notNull(),
    /** `person`, or what it answered for too long; null while enabled. */
    disabledReason: text('disabled_reason', { enum: ['person', 'gone', 'failing'] }),
    /** Since when nothing was delivered; null when the last delivery was. */
    failingSince: integer('failing_since'),
    revision: integer('revision').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('webhook_endpoint_failing')
      .on(table.tenantId, table.failingSince)
      .where(sql`failing_since IS NOT NULL`),
  ],
);

export type DeliveryTry = {
  /** Epoch ms. */
  readonly at: number;
  /** HTTP status of the answer; null when there was none. */
  readonly status: number | null;
  /** Why it does not count as delivered; null when it does. */
  readonly error: string | null;
  readonly ms: number;
  /** The first characters of the answer. */
  readonly answer: string;
};

/** One message to one endpoint. Triggers write it in the transaction of what it tells. */
export const webhookDelivery = sqliteTable(
  'webhook_delivery',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    endpointId: text('endpoint_id').notNull(),
    /** The same for every endpoint, and for every try. */
    messageId: text('message_id').notNull(),
    type: text('type').notNull(),
    /** The body as it is sent, the same at every try. */
    payload: text('payload').notNull(),
    state: text('state', { enum: ['pending', 'delivered', 'failed'] }).notNull(),
    attempts: integer('attempts').notNull(),
    /** When it is tried next; while one tries, when another may. */
    nextAt: integer('next_at').notNull(),
    log: text('log', { mode: 'json' }).$type<DeliveryTry[]>().notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('webhook_delivery_due').on(table.tenantId, table.nextAt).where(sql`state = 'pending'`),
    index('webhook_delivery_endpoint').on(table.tenantId, table.endpointId, table.createdAt),
    index('webhook_delivery_old').on(table.tenantId, table.createdAt),
  ],
);
