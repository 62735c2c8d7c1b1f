import type { CallEvent } from '../db/event-store.ts';
import {
  type CallSummary,
  type CallText,
  type LedgerReport,
  NEW_SESSION,
  type RecordingNote,
  type SessionEvent,
  type SessionSetup,
  type SessionState,
  type SessionStep,
  type SetupText,
  type Utterance,
} from './session-types.ts';

const SCHEMA = `CREATE TABLE IF NOT EXISTS webhook
(n INTEGER PRIMARY KEY, key TEXT NOT NULL, reply TEXT NOT NULL, record TEXT NOT NULL, state TEXT NOT NULL)`;

/** What a setup of an older version lacks. */
const OLDER_SETUP = { ownNumber: '', callingCodes: [], screeningText: '' };

/** A queue message holds at most 128 KB; the rest of a long call follows in the next report. */
const REPORT_MAX_CHARS = 100_000;

/** The parts of a step that the ledger has not been told of yet. */
type StepRecord = {
  readonly events: readonly CallEvent[];
  readonly utterances: readonly Utterance[];
  readonly isSuppressed: boolean;
  readonly recordings?: readonly RecordingNote[];
  readonly texts?: readonly CallText[];
};

/**
 * A session's rows: the setup, numbered 0, and one a webhook; a second table would be a row more for
 * each call. Synchronous on purpose: writes without an
 * await between them are one transaction, and the output gate holds the answer until it is durable.
 */
export class SessionStore {
  readonly #sql: SqlStorage;
  /** It never changes once it is there. */
  #setup: SessionSetup | null = null;
  /** Of the newest row, which nobody else writes. */
  #state: SessionState | null = null;
  /** Kept with the next row: what is acknowledged twice for want of it changes nothing. */
  #acknowledged = 0;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Null for a call that was never prepared, or was emptied; such an object stays without rows. */
  setup(): SessionSetup | null {
    if (this.#setup !== null) return this.#setup;
    const tables = this.#sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'webhook'").toArray();
    if (tables.length === 0) return null;
    const row = this.#sql
      .exec<{ record: string }>('SELECT record FROM webhook WHERE n = 0')
      .toArray()[0];
    this.#setup = row === undefined ? null : { ...OLDER_SETUP, ...JSON.parse(row.record) };
    return this.#setup;
  }

  /** After the object's rows were deleted. */
  forget(): void {
    this.#setup = null;
    this.#state = null;
    this.#acknowledged = 0;
  }

  /** False when the session was set up before; the first setup stays. */
  addSetup({ json }: SetupText): boolean {
    this.#sql.exec(SCHEMA);
    const { rowsWritten } = this.#sql.exec(
      `INSERT INTO webhook (n, key, reply, record, state) VALUES (0, 'setup', '', ?, '')
       ON CONFLICT DO NOTHING`,
      json,
    );
    return rowsWritten > 0;
  }

  state(): SessionState {
    if (this.#state !== null) return this.#state;
    const row = this.#sql
      .exec<{ state: string }>('SELECT state FROM webhook WHERE n > 0 ORDER BY n DESC LIMIT 1')
      .toArray()[0];
    // A state of an older version lacks what came since.
    const state: SessionState =
      row === undefined ? NEW_SESSION : { ...NEW_SESSION, ...JSON.parse(row.state) };
    this.#state = state;
    return state;
  }

  /** What was answered to this webhook before; null when it is new. */
  replyTo(key: string): string | null {
    const row = this.#sql
      .exec<{ reply: string }>('SELECT reply FROM webhook WHERE key = ?', key)
      .toArray()[0];
    return row?.reply ?? null;
  }

  addStep(key: string, before: SessionState, step: SessionStep): void {
    const record: StepRecord = {
      events: numbered(step.events, 'session', before.nextEvent),
      utterances: step.utterances,
      isSuppressed: step.isSuppressed,
      ...(step.recordings.length === 0 ? {} : { recordings: step.recordings }),
      ...(step.texts.length === 0 ? {} : { texts: step.texts }),
    };
    this.#add(key, step.reply, record, step.state);
  }

  /** Keeps events that another source numbered, to travel with the session's own. */
  addEvents(key: string, events: readonly CallEvent[], state: SessionState): void {
    this.#add(key, '', { events, utterances: [], isSuppressed: false }, state);
  }

  #add(key: string, reply: string, record: StepRecord, state: SessionState): void {
    this.#sql.exec(
      'INSERT INTO webhook (key, reply, record, state) VALUES (?, ?, ?, ?)',
      key,
      reply,
      JSON.stringify({ ...record, acknowledged: this.progress().acknowledged }),
      JSON.stringify(state),
    );
    this.#state = state;
  }

  /** Rows up to `acknowledged` are in the ledger; `last` is the newest row. */
  progress(): { readonly last: number; readonly acknowledged: number } {
    const { last, kept } = this.#sql
      .exec<{ last: number; kept: number }>(
        `SELECT coalesce(max(n), 0) AS last, coalesce(record ->> 'acknowledged', 0) AS kept
         FROM webhook`,
      )
      .one();
    return { last, acknowledged: Math.max(kept, this.#acknowledged) };
  }

  setAcknowledged(upTo: number): void {
    this.#acknowledged = Math.max(upTo, this.#acknowledged);
  }

  /** No further row follows that would keep it; false when it is kept already. */
  keepAcknowledged(): boolean {
    const { last, acknowledged } = this.progress();
    const { rowsWritten } = this.#sql.exec(
      `UPDATE webhook SET record = json_set(record, '$.acknowledged', ?2)
       WHERE n = ?1 AND record ->> 'acknowledged' IS NOT ?2`,
      ...[last, acknowledged],
    );
    return rowsWritten > 0;
  }

  /**
   * All that the ledger has not acknowledged, oldest first; null when there is nothing. Always
   * from the acknowledged row, so a report that was lost is part of the next.
   */
  report(setup: SessionSetup): LedgerReport | null {
    const rows = this.#sql
      .exec<{ n: number; record: string }>(
        'SELECT n, record FROM webhook WHERE n > ? ORDER BY n',
        this.progress().acknowledged,
      )
      .toArray();
    const fitting = rows.slice(0, fittingCount(rows));
    const upTo = fitting.at(-1)?.n;
    if (upTo === undefined) return null;
    const records = fitting.map((row): StepRecord => JSON.parse(row.record));
    return {
      tenantId: setup.tenantId,
      callId: setup.callId,
      upTo,
      events: records.flatMap((record) => record.events),
      utterances: records.flatMap((record) => record.utterances),
      isSuppressed: records.some((record) => record.isSuppressed),
      recordings: records.flatMap((record) => record.recordings ?? []),
      texts: records.flatMap((record) => record.texts ?? []),
      call: summaryOf(this.state()),
      inbound: inboundOf(setup),
    };
  }
}

function summaryOf(state: SessionState): CallSummary {
  const { status, twilioSid, outcome, errorCode, answeredBy } = state;
  const { answeredAt, endedAt, durationSeconds, nonce: turns } = state;
  return {
    ...{ status, twilioSid, outcome, errorCode, answeredBy },
    ...{ answeredAt, endedAt, durationSeconds, turns },
  };
}

function inboundOf({ inbound, ownNumber, variables }: SessionSetup): LedgerReport['inbound'] {
  return inbound === undefined ? null : { ...inbound, toNumber: ownNumber, variables };
}

/** At least one row, else a row above the limit would never leave. */
function fittingCount(rows: readonly { readonly record: string }[]): number {
  let chars = 0;
  const tooMany = rows.findIndex((row, i) => {
    chars += row.record.length;
    return i > 0 && chars > REPORT_MAX_CHARS;
  });
  return tooMany === -1 ? rows.length : tooMany;
}

function numbered(
  events: readonly SessionEvent[],
  source: CallEvent['source'],
  first: number,
): CallEvent[] {
  return events.map((event, i) => ({ ...event, source, n: first + i }));
}
