/**
 * What each figure counts, as SQL over one row of `call` (`r` stands for it). A call counts when
 * it has ended; what is going on now is seen live. The triggers that keep the figures, the
 * recount that checks them and the page's help texts are all made from this table.
 */
const ENDED = `r.ended_at IS NOT NULL AND r.twilio_sid IS NOT NULL AND r.status != 'canceled'`;
const PICKED_UP = `${ENDED} AND r.status = 'completed'`;
const IS_PERSON = `coalesce(r.answered_by, 'human') IN ('human', 'unknown')`;
const ANSWERED = `${PICKED_UP} AND ${IS_PERSON}`;

export type Counter = {
  readonly column: string;
  /** Whole number that one call adds. */
  readonly sql: string;
  /** For people who read the figure. */
  readonly meaning: string;
};

export const COUNTERS = [
  {
    column: 'finished',
    sql: `(${ENDED})`,
    meaning: 'Calls that are over, without those that were cancelled or never dialled.',
  },
  {
    column: 'answered',
    sql: `(${ANSWERED})`,
    meaning:
      'Finished calls that a person picked up. A voicemail or fax is not an answer; where nobody looked for machines, voicemail is included.',
  },
  {
    column: 'machine',
    sql: `(${PICKED_UP} AND NOT ${IS_PERSON})`,
    meaning: 'Finished calls that an answering machine or fax picked up.',
  },
  { column: 'busy', sql: `(${ENDED} AND r.status = 'busy')`, meaning: 'The line was busy.' },
  {
    column: 'no_answer',
    sql: `(${ENDED} AND r.status = 'no-answer')`,
    meaning: 'Nobody picked up while it rang.',
  },
  {
    column: 'failed',
    sql: `(${ENDED} AND r.status = 'failed')`,
    meaning: 'The carrier could not put the call through.',
  },
  {
    column: 'confirmed',
    sql: `(${ANSWERED} AND coalesce(r.outcome, '') = 'confirmed')`,
    meaning: 'Answered calls with the outcome confirmed.',
  },
  {
    column: 'transfer_tried',
    sql: `(${ENDED} AND r.is_transfer_tried)`,
    meaning: 'Calls whose caller was to be handed to a live agent.',
  },
  {
    column: 'transferred',
    sql: `(${ENDED} AND r.is_transferred)`,
    meaning: 'Calls whose caller reached a live agent.',
  },
  {
    column: 'fallback',
    sql: `(${ENDED} AND r.has_fallback)`,
    meaning: 'Calls in which a sentence that should have been made was spoken by Twilio instead.',
  },
  {
    column: 'seconds',
    sql: `((${ENDED}) * coalesce(r.duration_seconds, 0))`,
    meaning: 'How long the calls lasted together, as the carrier counts.',
  },
] as const satisfies readonly Counter[];

/** Kept by day only. */
export const USAGE_COUNTERS = [
  ...COUNTERS,
  {
    column: 'minutes',
    sql: `((${PICKED_UP}) * ((coalesce(r.duration_seconds, 0) + 59) / 60))`,
    meaning: 'Started minutes, which is what the carrier bills.',
  },
  {
    column: 'cost_micros',
    sql: `((${ENDED}) * r.cost_micros)`,
    meaning: 'What the calls cost in millionths of a US dollar: estimates until priced.',
  },
  {
    column: 'priced',
    sql: `(${ENDED} AND (r.is_cost_final OR r.status != 'completed'))`,
    meaning: "Calls whose cost is no estimate: the carrier's own price, or nothing to pay.",
  },
] as const satisfies readonly Counter[];

/** What a rate divides; nothing under the line makes it null, shown as "-". */
export const RATES = {
  answerRate: { over: 'answered', under: 'finished', meaning: 'Answered of finished calls out.' },
  confirmationRate: {
    over: 'confirmed',
    under: 'answered',
    meaning: 'Answered calls out whose outcome is confirmed.',
  },
  escalationRate: {
    over: 'transferred',
    under: 'answered',
    meaning: 'Answered calls out whose caller reached a live agent.',
  },
  inboundEscalationRate: {
    over: 'transferred',
    under: 'finished',
    meaning: 'Calls in whose caller reached a live agent, of all calls in.',
  },
  abandonedTransferRate: {
    over: 'transferAbandoned',
    under: 'transferTried',
    meaning: 'Callers who were to be handed to an agent and reached none.',
  },
} as const;

export type Counts = {
  readonly finished: number;
  readonly answered: number;
  readonly machine: number;
  readonly busy: number;
  readonly noAnswer: number;
  readonly failed: number;
  readonly confirmed: number;
  readonly transferTried: number;
  readonly transferred: number;
  readonly fallback: number;
  readonly seconds: number;
};

export const NOTHING: Counts = {
  ...{ finished: 0, answered: 0, machine: 0, busy: 0, noAnswer: 0, failed: 0, confirmed: 0 },
  ...{ transferTried: 0, transferred: 0, fallback: 0, seconds: 0 },
};

export const QUARTER_MS = 900_000;
export const DAY_MS = 86_400_000;

/** Null when there is nothing under the line. */
export function rate(over: number, under: number): number | null {
  return under === 0 ? null : over / under;
}

/** `sum(answered) AS answered, ...`, in the names of `Counts`. */
export const SUMS = COUNTERS.map(
  ({ column }) =>
    `coalesce(sum(${column}), 0) AS ${column.replace(/_(\w)/g, (_, letter) => letter.toUpperCase())}`,
).join(', ');
