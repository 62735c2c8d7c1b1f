import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { CALL_STATUSES } from '../../telephony/status.ts';

/** The ledger: one row a call. */
export const call = sqliteTable(
  'call',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    direction: text('direction', { enum: ['outbound', 'inbound'] }).notNull(),
    campaignId: text('campaign_id'),
    contactId: text('contact_id'),
    scriptId: text('script_id').notNull(),
    scriptVersion: integer('script_version').notNull(),
    fromNumber: text('from_number').notNull(),
    toNumber: text('to_number').notNull(),
    /** Who was called or who called: never the tenant's own number. */
    peer: text('peer').generatedAlwaysAs(sql`iif(direction = 'outbound', to_number, from_number)`, {
      mode: 'virtual',
    }),
    twilioSid: text('twilio_sid'),
    status: text('status', { enum: CALL_STATUSES }).notNull(),
    outcome: text('outcome'),
    recordingUrl: text('recording_url'),
    errorCode: text('error_code'),
    answeredAt: integer('answered_at'),
    endedAt: integer('ended_at'),
    durationSeconds: integer('duration_seconds'),
    turns: integer('turns').notNull(),
    /** What the carrier took the answering party for; null: nobody looked. */
    answeredBy: text('answered_by'),
    /** Known once the call is over: what its events say of it. */
    isTransferTried: integer('is_transfer_tried', { mode: 'boolean' }).notNull().default(false),
    isTransferred: integer('is_transferred', { mode: 'boolean' }).notNull().default(false),
    hasFallback: integer('has_fallback', { mode: 'boolean' }).notNull().default(false),
    /** The edges of the script that the caller took, each once, as a JSON list of keys. */
    path: text('path').notNull().default('[]'),
    /** Millionths of a US dollar; an estimate until it is the carrier's own price. */
    costMicros: integer('cost_micros').notNull().default(0),
    isCostFinal: integer('is_cost_final', { mode: 'boolean' }).notNull().default(false),
    /** Highest session row the ledger has applied; an older report changes nothing. */
    appliedUpTo: integer('applied_up_to').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('call_created').on(table.tenantId, table.createdAt, table.id),
    index('call_campaign').on(table.tenantId, table.campaignId, table.createdAt, table.id),
    index('call_peer').on(table.tenantId, table.peer, table.createdAt, table.id),
    // With the order of the ledger behind it, or SQLite walks the newest calls to find one SID.
    index('call_sid')
      .on(table.tenantId, table.twilioSid, table.createdAt, table.id)
      .where(sql`twilio_sid IS NOT NULL`),
    index('call_contact')
      .on(table.tenantId, table.contactId, table.createdAt, table.id)
      .where(sql`contact_id IS NOT NULL`),
    // A call that came in has no attempt whose lease would end: this is what it is looked after by.
    index('call_open_inbound')
      .on(table.createdAt)
      .where(sql`direction = 'inbound' AND ended_at IS NULL`),
    index('call_ended')
      .on(table.tenantId, table.campaignId, table.endedAt)
      .where(sql`ended_at IS NOT NULL`),
  ],
);

/** Variables as resolved once for a call; erasable. */
export const snapshot = sqliteTable(
  'snapshot',
  {
    tenantId: text('tenant_id').notNull(),
    callId: text('call_id').notNull(),
    variables: text('variables', { mode: 'json' }).$type<Record<string, string>>().notNull(),
    takenAt: integer('taken_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.callId] })],
);

/** What a person said or keyed; erasable, so it never stands in an event. */
export const utterance = sqliteTable(
  'utterance',
  {
    tenantId: text('tenant_id').notNull(),
    callId: text('call_id').notNull(),
    turn: integer('turn').notNull(),
    step: integer('step').notNull(),
    node: text('node').notNull(),
    input: text('input', { enum: ['speech', 'dtmf'] }).notNull(),
    text: text('text').notNull(),
    confidence: real('confidence'),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.callId, table.turn, table.step] })],
);
