import { sql } from 'drizzle-orm';
import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import type { FlowState } from '../../flow/state.ts';
import { MESSAGE_STATUSES } from '../../telephony/message-status.ts';

/** `waiting` is ours before it is sent, `unknown` while nobody knows whether it was, `received` theirs. */
export const MESSAGE_STATES = [
  'waiting',
  'posting',
  'unknown',
  'received',
  ...MESSAGE_STATUSES,
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/**
 * What it belongs to. `campaign` opens the talk of one, and goes only while it runs. `conversation`
 * answers somebody; a `follow_up` goes on after his silence. A `confirmation` is the one answer to a
 * wish to be left alone: it alone may go to a number that is suppressed.
 */
export const MESSAGE_PURPOSES = [
  'campaign',
  'conversation',
  'follow_up',
  'single',
  'call',
  'confirmation',
] as const;

/** All texts between one number of ours and one of theirs, and the conversation under way in it. */
export const thread = sqliteTable(
  'thread',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    ownNumber: text('own_number').notNull(),
    peer: text('peer').notNull(),
    contactId: text('contact_id'),
    campaignId: text('campaign_id'),
    scriptId: text('script_id'),
    scriptVersion: integer('script_version'),
    /** The conversation in it, old or new: its events stand under this id. Null before the first. */
    conversation: text('conversation'),
    /** Null: nobody waits for an answer. Holds what was said, so it is erasable. */
    flowState: text('flow_state', { mode: 'json' }).$type<FlowState>(),
    /** When silence is an answer too. */
    waitsUntil: integer('waits_until'),
    outcome: text('outcome'),
    /** Changes with every step: a step that was worked out from an older one is thrown away. */
    step: integer('step').notNull(),
    /** Who works out the next step has it until then. */
    lockUntil: integer('lock_until'),
    lastAt: integer('last_at').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('thread_numbers').on(table.tenantId, table.ownNumber, table.peer),
    index('thread_waits').on(table.waitsUntil).where(sql`waits_until IS NOT NULL`),
    index('thread_last').on(table.tenantId, table.lastAt),
  ],
);

export const message = sqliteTable(
  'message',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    threadId: text('thread_id').notNull(),
    direction: text('direction', { enum: ['outbound', 'inbound'] }).notNull(),
    purpose: text('purpose', { enum: MESSAGE_PURPOSES }).notNull(),
    fromNumber: text('from_number').notNull(),
    toNumber: text('to_number').notNull(),
    /** Null once erased. */
    body: text('body'),
    encoding: text('encoding', { enum: ['GSM-7', 'UCS-2'] }).notNull(),
    segments: integer('segments').notNull(),
    state: text('state', { enum: MESSAGE_STATES }).notNull(),
    twilioSid: text('twilio_sid'),
    errorCode: text('error_code'),
    callId: text('call_id'),
    campaignId: text('campaign_id'),
    /** The attempt whose first text it is. */
    attemptId: text('attempt_id'),
    /** When cron looks after it if nobody else has; null when nothing is left to do. */
    leaseUntil: integer('lease_until'),
    postingAt: integer('posting_at'),
    createdAt: integer('created_at').notNull(),
    sentAt: integer('sent_at'),
    endedAt: integer('ended_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('message_thread').on(table.tenantId, table.threadId, table.createdAt),
    index('message_created').on(table.tenantId, table.createdAt, table.direction, table.segments),
    index('message_lease').on(table.leaseUntil).where(sql`lease_until IS NOT NULL`),
    index('message_attempt')
      .on(table.tenantId, table.attemptId, table.createdAt)
      .where(sql`attempt_id IS NOT NULL`),
    // Twilio repeats a webhook: the second is the same message.
    uniqueIndex('message_inbound')
      .on(table.tenantId, table.twilioSid)
      .where(sql`direction = 'inbound'`),
  ],
);
