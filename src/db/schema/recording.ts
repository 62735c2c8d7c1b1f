import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const RECORDING_STATES = ['pending', 'stored', 'failed', 'absent', 'erased'] as const;

/** What was recorded of a call, or left after the tone; the sound lies in the object store. */
export const recording = sqliteTable(
  'recording',
  {
    tenantId: text('tenant_id').notNull(),
    /** Follows from the carrier's SID: one told of twice is one row. */
    id: text('id').notNull(),
    callId: text('call_id').notNull(),
    twilioSid: text('twilio_sid').notNull(),
    source: text('source', { enum: ['call', 'voicemail'] }).notNull(),
    /** `pending`: Twilio has it, and it is to be copied. */
    state: text('state', { enum: RECORDING_STATES }).notNull(),
    objectKey: text('object_key'),
    bytes: integer('bytes'),
    durationSeconds: integer('duration_seconds'),
    channels: integer('channels'),
    errorCode: text('error_code'),
    createdAt: integer('created_at').notNull(),
    storedAt: integer('stored_at'),
    expiresAt: integer('expires_at'),
    /** When cron looks after its copy if nobody else has; null when nothing is left to do. */
    leaseUntil: integer('lease_until'),
    /** When the carrier's own copy was deleted. */
    clearedAt: integer('cleared_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('recording_lease').on(table.leaseUntil).where(sql`lease_until IS NOT NULL`),
    index('recording_call').on(table.tenantId, table.callId),
    index('recording_created').on(
      table.tenantId,
      table.createdAt,
      table.state,
      table.durationSeconds,
    ),
  ],
);
