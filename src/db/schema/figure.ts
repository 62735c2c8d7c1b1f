import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Which rates a call counts towards: a call to oneself counts towards none. */
export const CALL_KINDS = ['outbound', 'inbound', 'test'] as const;
export type CallKind = (typeof CALL_KINDS)[number];

const counters = () => ({
  finished: integer('finished').notNull().default(0),
  answered: integer('answered').notNull().default(0),
  machine: integer('machine').notNull().default(0),
  busy: integer('busy').notNull().default(0),
  noAnswer: integer('no_answer').notNull().default(0),
  failed: integer('failed').notNull().default(0),
  confirmed: integer('confirmed').notNull().default(0),
  transferTried: integer('transfer_tried').notNull().default(0),
  transferred: integer('transferred').notNull().default(0),
  fallback: integer('fallback').notNull().default(0),
  seconds: integer('seconds').notNull().default(0),
});

/** What ended among the calls that began in a quarter of an hour; only triggers of `call` write it. */
export const figureQuarter = sqliteTable(
  'figure_quarter',
  {
    tenantId: text('tenant_id').notNull(),
    /** First millisecond of the quarter, UTC. */
    at: integer('at').notNull(),
    kind: text('kind', { enum: CALL_KINDS }).notNull(),
    ...counters(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.at, table.kind] })],
);

/** The same by UTC day, with what the calls cost. */
export const figureDay = sqliteTable(
  'figure_day',
  {
    tenantId: text('tenant_id').notNull(),
    at: integer('at').notNull(),
    kind: text('kind', { enum: CALL_KINDS }).notNull(),
    ...counters(),
    minutes: integer('minutes').notNull().default(0),
    costMicros: integer('cost_micros').notNull().default(0),
    /** Calls whose cost is no estimate any more. */
    priced: integer('priced').notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.at, table.kind] })],
);

/** The same by UTC day, campaign and version of a script, with outcomes and the ways callers took. */
export const figureCampaign = sqliteTable(
  'figure_campaign',
  {
    tenantId: text('tenant_id').notNull(),
    at: integer('at').notNull(),
    /** Empty for calls of no list: single ones, those that came in. */
    campaignId: text('campaign_id').notNull(),
    kind: text('kind', { enum: CALL_KINDS }).notNull(),
    scriptId: text('script_id').notNull(),
    scriptVersion: integer('script_version').notNull(),
    ...counters(),
    /** Calls by outcome; '' for none. */
    outcomes: text('outcomes').notNull().default('{}'),
    /** Callers by edge of the script, each once; keys are those of `call.path`. */
    edges: text('edges').notNull().default('{}'),
  },
  (table) => [
    primaryKey({
      columns: [
        table.tenantId,
        table.at,
        table.campaignId,
        table.kind,
        table.scriptId,
        table.scriptVersion,
      ],
    }),
    index('figure_campaign_script').on(
      table.tenantId,
      table.scriptId,
      table.scriptVersion,
      table.at,
    ),
  ],
);

/** How far the carrier's prices have been asked for; one line a tenant and age of calls. */
export const pricePass = sqliteTable(
  'price_pass',
  {
    tenantId: text('tenant_id').notNull(),
    /** Minutes that a call is old when this pass asks for its price. */
    minutes: integer('minutes').notNull(),
    /** Calls that began before were asked about. */
    doneUpTo: integer('done_up_to').notNull(),
    leaseUntil: integer('lease_until').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.minutes] })],
);
