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

export const PLANS = ['OUTBOUND', 'INBOUND', 'FULL'] as const;
export const TENANT_STATES = ['active', 'suspended'] as const;

/** Root of isolation. `dataShard` names the DATA database that holds its rows. */
export const tenant = sqliteTable('tenant', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  plan: text('plan', { enum: PLANS }).notNull(),
  state: text('state', { enum: TENANT_STATES }).notNull(),
  timeZone: text('time_zone').notNull(),
  /** Calling codes a call may go to, as a JSON list such as ["1"]. */
  callingCodes: text('calling_codes', { mode: 'json' }).$type<readonly string[]>().notNull(),
  /** Only a superadmin lifts the outer bound of 8:00-21:00 local. */
  isOuterWindowLifted: integer('is_outer_window_lifted', { mode: 'boolean' }).notNull(),
  carrierAccountSid: text('carrier_account_sid').notNull(),
  dataShard: integer('data_shard').notNull(),
  createdAt: integer('created_at').notNull(),
  /** Attempts that may begin in a day at the tenant's place; null = no limit. */
  dailyAttempts: integer('daily_attempts'),
  /** Spending in a day at the tenant's place, in millionths of a US dollar; null = no limit. */
  dailySpendMicros: integer('daily_spend_micros'),
  /** Weight among the tenants of one carrier account when calls are paced; null = 1. */
  cpsShare: real('cps_share'),
  /** Calls at one time, inside the account's own limit; null = the account's. */
  maxConcurrentCalls: integer('max_concurrent_calls'),
  /** Calling hours of a new campaign, minutes after local midnight; null = the platform's. */
  opensMinute: integer('opens_minute'),
  closesMinute: integer('closes_minute'),
  /** After so many days the sound of a recording is deleted; null = never. */
  recordingRetentionDays: integer('recording_retention_days'),
  /** Heard before a call is recorded; null = the platform's sentence. */
  recordingNotice: text('recording_notice'),
  /** Grows with every change; an edit names the one it was made from. */
  revision: integer('revision').notNull().default(1),
});

/** One Twilio account or subaccount; the token is sealed under the key named beside it. */
export const carrierAccount = sqliteTable('carrier_account', {
  sid: text('sid').primaryKey(),
  /** Whose own account it is; null = the platform's, which several tenants may share. */
  tenantId: text('tenant_id'),
  tokenSealed: text('token_sealed').notNull(),
  callsPerSecond: real('calls_per_second').notNull(),
  maxConcurrentCalls: integer('max_concurrent_calls').notNull(),
  createdAt: integer('created_at').notNull(),
  /** Signs the tokens that agents' pages call with; made when the first of them asks. */
  softphoneKeySid: text('softphone_key_sid'),
  softphoneSecretSealed: text('softphone_secret_sealed'),
  /** The TwiML application that answers them, and the address that it was told to ask. */
  softphoneAppSid: text('softphone_app_sid'),
  softphoneUrl: text('softphone_url'),
});

export const phoneNumber = sqliteTable(
  'phone_number',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    e164: text('e164').notNull(),
    twilioSid: text('twilio_sid'),
    /** Answers who calls this number, in its published version; null: a busy signal. */
    inboundScriptId: text('inbound_script_id'),
    recordsCalls: integer('records_calls', { mode: 'boolean' }).notNull().default(false),
    createdAt: integer('created_at').notNull(),
    /** Grows with every change; an edit names the one it was made from. */
    revision: integer('revision').notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('phone_number_e164').on(table.e164),
  ],
);

/** What a queue gave up on, kept to be read and replayed. */
export const deadLetter = sqliteTable(
  'dead_letter',
  {
    id: text('id').primaryKey(),
    queue: text('queue').notNull(),
    tenantId: text('tenant_id'),
    body: text('body', { mode: 'json' }).notNull(),
    at: integer('at').notNull(),
    replayedAt: integer('replayed_at'),
    /** Until then somebody is sending it; nobody else may. */
    replayLeaseUntil: integer('replay_lease_until'),
    discardedAt: integer('discarded_at'),
    discardReason: text('discard_reason'),
  },
  (table) => [
    index('dead_letter_at').on(table.at),
    index('dead_letter_waiting')
      .on(table.queue, table.at)
      .where(sql`replayed_at IS NULL AND discarded_at IS NULL`),
  ],
);

/** When something that has to happen again and again last did. */
export const heartbeat = sqliteTable('heartbeat', {
  id: text('id').primaryKey(),
  at: integer('at').notNull(),
});
