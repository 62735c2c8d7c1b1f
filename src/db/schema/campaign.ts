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

export const CAMPAIGN_STATES = [
  'draft',
  'scheduled',
  'running',
  'paused',
  'stopped',
  'finished',
] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

/** `detect`: a machine is noticed as soon as it speaks; `message`: after its tone, to leave one. */
export const MACHINE_DETECTIONS = ['off', 'detect', 'message'] as const;

export const CHANNELS = ['voice', 'sms'] as const;

export const CAMPAIGN_KINDS = ['list', 'single', 'test'] as const;

export const campaign = sqliteTable(
  'campaign',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    /** `single` and `test` stand behind one call that the API asked for. */
    kind: text('kind', { enum: CAMPAIGN_KINDS }).notNull().default('list'),
    state: text('state', { enum: CAMPAIGN_STATES }).notNull(),
    /** Why the platform paused it by itself; null when a person did or it runs. */
    pausedReason: text('paused_reason'),
    scriptId: text('script_id').notNull(),
    scriptVersion: integer('script_version').notNull(),
    fromNumber: text('from_number').notNull(),
    timeZone: text('time_zone').notNull(),
    /** Minutes after local midnight; a call may start in [opens, closes). */
    opensMinute: integer('opens_minute').notNull(),
    closesMinute: integer('closes_minute').notNull(),
    /** Seconds after the end of a failed attempt, one entry a retry. */
    retrySeconds: text('retry_seconds', { mode: 'json' }).$type<readonly number[]>().notNull(),
    variables: text('variables', { mode: 'json' }).$type<Record<string, string>>().notNull(),
    /** Last contact of the tenant that was enrolled, '' before the first; null = nobody is to be. */
    enrolCursor: text('enrol_cursor'),
    /** Last contact whose speech was made; null before the first page. */
    primedUpTo: text('primed_up_to'),
    isPrimed: integer('is_primed', { mode: 'boolean' }).notNull(),
    /**
     * Until then somebody is making speech; after it cron asks again. Null = nobody asked. Its exact
     * value is the holder's: who finds another has lost the work to somebody else.
     */
    primeLeaseUntil: integer('prime_lease_until'),
    /** Why speech could not be made the last time; null when it could. */
    primeError: text('prime_error'),
    /** How often one number may be dialled in 24 hours and in 7 days, by all campaigns; null = no limit. */
    dailyAttemptsPerNumber: integer('daily_attempts_per_number'),
    weeklyAttemptsPerNumber: integer('weekly_attempts_per_number'),
    /** When cron launches it, while it is `scheduled`. */
    scheduledAt: integer('scheduled_at'),
    machineDetection: text('machine_detection', { enum: MACHINE_DETECTIONS })
      .notNull()
      .default('off'),
    /** Numbers beside `fromNumber` that people may be called from. */
    callerIds: text('caller_ids', { mode: 'json' })
      .$type<readonly string[]>()
      .notNull()
      .default([]),
    ringSeconds: integer('ring_seconds').notNull().default(30),
    /** The longest a call may last; null = what the script needs. */
    callLimitSeconds: integer('call_limit_seconds'),
    channel: text('channel', { enum: CHANNELS }).notNull().default('voice'),
    /** The campaign's own pace and places beside the account's; null = only the account's. */
    maxCallsPerSecond: real('max_calls_per_second'),
    maxConcurrentCalls: integer('max_concurrent_calls'),
    /** Share of its last calls that fail at the carrier, at which it pauses itself; null = usual. */
    breakerPercent: integer('breaker_percent'),
    recordsCalls: integer('records_calls', { mode: 'boolean' }).notNull().default(false),
    revision: integer('revision').notNull().default(1),
    createdAt: integer('created_at').notNull(),
    launchedAt: integer('launched_at'),
    /** Last launch or resume: what failed before it does not count against it. */
    resumedAt: integer('resumed_at'),
    finishedAt: integer('finished_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('campaign_running').on(table.state).where(sql`state = 'running'`),
    index('campaign_scheduled').on(table.scheduledAt).where(sql`state = 'scheduled'`),
    index('campaign_halted')
      .on(table.tenantId)
      .where(sql`state = 'paused' AND paused_reason IS NOT NULL`),
    index('campaign_priming').on(table.primeLeaseUntil).where(sql`prime_lease_until IS NOT NULL`),
  ],
);

export const ENROLMENT_STATES = [
  'pending',
  'due',
  'active',
  'done',
  'exhausted',
  'skipped',
] as const;

/**
 * One contact in one campaign. pending (no speech yet) -> due -> active (an attempt is on its
 * way) -> due again for a retry, or done, exhausted, skipped.
 */
export const enrolment = sqliteTable(
  'enrolment',
  {
    tenantId: text('tenant_id').notNull(),
    campaignId: text('campaign_id').notNull(),
    contactId: text('contact_id').notNull(),
    e164: text('e164').notNull(),
    state: text('state', { enum: ENROLMENT_STATES }).notNull(),
    dueAt: integer('due_at'),
    attempts: integer('attempts').notNull(),
    /** Error code or outcome that explains `skipped`, `exhausted` and `done`. */
    reason: text('reason'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.campaignId, table.contactId] }),
    index('enrolment_due')
      .on(table.tenantId, table.campaignId, table.dueAt)
      .where(sql`state = 'due'`),
    index('enrolment_contact').on(table.tenantId, table.contactId),
  ],
);

export const ATTEMPT_STATES = ['queued', 'dialing', 'unknown', 'accepted', 'ended'] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];

/** Why the carrier was asked to take back a call that nobody has answered yet. */
export const CANCEL_REASONS = [
  'campaign_paused',
  'campaign_stopped',
  'suppressed',
  'window_closed',
] as const;
export type CancelReason = (typeof CANCEL_REASONS)[number];

/** One try to reach a contact; its id is the call's or the conversation's, and it makes at most one Twilio call or opening. */
export const attempt = sqliteTable(
  'attempt',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    campaignId: text('campaign_id').notNull(),
    contactId: text('contact_id').notNull(),
    e164: text('e164').notNull(),
    /** 1 for the first try. */
    ordinal: integer('ordinal').notNull(),
    state: text('state', { enum: ATTEMPT_STATES }).notNull(),
    channel: text('channel', { enum: CHANNELS }).notNull().default('voice'),
    /** When the sweeper looks after it if nobody else has. */
    leaseUntil: integer('lease_until').notNull(),
    dialingAt: integer('dialing_at'),
    twilioSid: text('twilio_sid'),
    cancelReason: text('cancel_reason', { enum: CANCEL_REASONS }),
    /** The tenant's local date its dial was counted under, and what of the day's money it holds. */
    dialDay: text('dial_day'),
    costMicros: integer('cost_micros'),
    result: text('result'),
    createdAt: integer('created_at').notNull(),
    endedAt: integer('ended_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('attempt_active_number')
      .on(table.tenantId, table.e164)
      .where(sql`ended_at IS NULL`),
    // SQLite takes a partial index only when its condition stands in the query, word for word.
    index('attempt_lease').on(table.leaseUntil).where(sql`ended_at IS NULL`),
    index('attempt_active_campaign')
      .on(table.tenantId, table.campaignId)
      .where(sql`ended_at IS NULL`),
    index('attempt_number').on(table.tenantId, table.e164),
  ],
);

/** What a tenant has dialled and spent on one of its local days. Money in millionths of a US dollar. */
export const dialDay = sqliteTable(
  'dial_day',
  {
    tenantId: text('tenant_id').notNull(),
    /** YYYY-MM-DD in the tenant's time zone. */
    day: text('day').notNull(),
    attempts: integer('attempts').notNull(),
    spentMicros: integer('spent_micros').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.day] })],
);
