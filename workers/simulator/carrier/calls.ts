import { type CallPatch, type CallRequest, type CallStatus, isTerminal } from './types.ts';

export type CallRow = {
  readonly id: number;
  readonly sid: string;
  readonly to: string;
  readonly from: string;
  readonly attempt: number;
  readonly status: CallStatus;
  readonly request: CallRequest;
  readonly persona: string;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly durationSeconds: number | null;
};
export type NewCall = Pick<CallRow, 'sid' | 'request' | 'persona' | 'createdAt'>;
export type CallFilter = {
  readonly to?: string;
  readonly from?: string;
  readonly statuses?: readonly CallStatus[];
  readonly startedFrom?: number;
  readonly startedBefore?: number;
};

type StoredRow = Record<string, string | number | null>;

/** The account's calls, newest last; named statements only. */
export class CallStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  add({ sid, request, persona, createdAt }: NewCall): CallRow {
    const { to, from } = request;
    this.#sql.exec(
      `INSERT INTO call (sid, to_number, from_number, attempt, status, request, persona, created_at)
       VALUES (?, ?, ?, 1 + (SELECT count(*) FROM call WHERE to_number = ?), 'queued', ?, ?, ?)`,
      sid,
      to,
      from,
      to,
      JSON.stringify(request),
      persona,
      createdAt,
    );
    const added = this.get(sid);
    if (added === undefined) throw new Error(`Call ${sid} was not stored`);
    return added;
  }

  get(sid: string): CallRow | undefined {
    return this.#rows('SELECT * FROM call WHERE sid = ?', sid)[0];
  }

  unfinished(): CallRow[] {
    return this.#rows(
      `SELECT * FROM call WHERE status IN ('queued', 'initiated', 'ringing', 'in-progress') ORDER BY id`,
    );
  }

  countByStatus(): Record<string, number> {
    const rows = this.#sql
      .exec<{ status: string; n: number }>('SELECT status, count(*) AS n FROM call GROUP BY status')
      .toArray();
    return Object.fromEntries(rows.map((row) => [row.status, row.n]));
  }

  started(sid: string, at: number): void {
    this.#sql.exec(`UPDATE call SET status = 'initiated', started_at = ? WHERE sid = ?`, at, sid);
  }

  /** A terminal status stays, whatever comes after it. */
  apply(sid: string, patch: CallPatch): CallRow | undefined {
    const before = this.get(sid);
    if (before === undefined || isTerminal(before.status)) return before;
    this.#sql.exec(
      'UPDATE call SET status = ?, answered_at = ?, ended_at = ?, duration_seconds = ? WHERE sid = ?',
      patch.status ?? before.status,
      patch.answeredAt ?? before.answeredAt,
      patch.endedAt ?? before.endedAt,
      patch.durationSeconds ?? before.durationSeconds,
      sid,
    );
    return this.get(sid);
  }

  /** Newest first, below the given id. */
  list(filter: CallFilter, belowId: number, limit: number, offset: number): CallRow[] {
    const conditions = ['id < ?'];
    const values: (string | number)[] = [belowId];
    const where = (condition: string, ...given: (string | number)[]) => {
      conditions.push(condition);
      values.push(...given);
    };
    if (filter.to !== undefined) where('to_number = ?', filter.to);
    if (filter.from !== undefined) where('from_number = ?', filter.from);
    if (filter.startedFrom !== undefined) where('started_at >= ?', filter.startedFrom);
    if (filter.startedBefore !== undefined) where('started_at < ?', filter.startedBefore);
    if (filter.statuses !== undefined) {
      where(`status IN (${filter.statuses.map(() => '?').join(', ')})`, ...filter.statuses);
    }
    return this.#rows(
      `SELECT * FROM call WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT ? OFFSET ?`,
      ...values,
      limit,
      offset,
    );
  }

  /** Oldest first, above the given id: for readers that follow along. */
  follow(aboveId: number, limit: number): CallRow[] {
    return this.#rows('SELECT * FROM call WHERE id > ? ORDER BY id LIMIT ?', aboveId, limit);
  }

  /** Of the calls that the application asked for: only they are paced. */
  times(column: 'created_at' | 'started_at'): number[] {
    return this.#sql
      .exec<{ at: number }>(
        `SELECT ${column} AS at FROM call
         WHERE ${column} IS NOT NULL AND request->>'direction' = 'outbound-api' ORDER BY ${column}`,
      )
      .toArray()
      .map((row) => row.at);
  }

  longestQueueMs(): number {
    const row = this.#sql
      .exec<{ ms: number | null }>('SELECT max(started_at - created_at) AS ms FROM call')
      .one();
    return row.ms ?? 0;
  }

  #rows(query: string, ...values: (string | number | null)[]): CallRow[] {
    return this.#sql
      .exec<StoredRow>(query, ...values)
      .toArray()
      .map(fromStored);
  }
}

export function queueTimeMs(row: CallRow): number {
  return row.startedAt === null ? 0 : row.startedAt - row.createdAt;
}

function fromStored(row: StoredRow): CallRow {
  return {
    id: Number(row.id),
    sid: String(row.sid),
    to: String(row.to_number),
    from: String(row.from_number),
    attempt: Number(row.attempt),
    status: String(row.status) as CallStatus,
    request: JSON.parse(String(row.request)) as CallRequest,
    persona: String(row.persona),
    createdAt: Number(row.created_at),
    startedAt: numberOrNull(row.started_at),
    answeredAt: numberOrNull(row.answered_at),
    endedAt: numberOrNull(row.ended_at),
    durationSeconds: numberOrNull(row.duration_seconds),
  };
}

function numberOrNull(value: string | number | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
