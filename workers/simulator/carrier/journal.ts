import type { LogEntry } from './types.ts';

export type StoredEntry = {
  readonly id: number;
  readonly at: number;
  readonly callSid: string | null;
  readonly kind: string;
  readonly detail: string;
};

/** The simulator's own account of what happened; rows are only ever added. */
export class Journal {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  add({ at, callSid, kind, ms, detail }: LogEntry): void {
    this.#sql.exec(
      'INSERT INTO log (at, call_sid, kind, ms, detail) VALUES (?, ?, ?, ?, ?)',
      at,
      callSid,
      kind,
      ms,
      JSON.stringify(detail),
    );
  }

  after(id: number, limit: number): StoredEntry[] {
    return this.#read('id > ? ORDER BY id LIMIT ?', id, limit);
  }

  ofCall(callSid: string): StoredEntry[] {
    return this.#read('call_sid = ? ORDER BY at, id', callSid);
  }

  latest(kind: string, limit: number): StoredEntry[] {
    return this.#read('kind = ? ORDER BY id DESC LIMIT ?', kind, limit);
  }

  count(kind: string): number {
    return this.#sql.exec<{ n: number }>('SELECT count(*) AS n FROM log WHERE kind = ?', kind).one()
      .n;
  }

  percentile(kind: string, share: number): number | null {
    const n = this.#sql
      .exec<{ n: number }>('SELECT count(ms) AS n FROM log WHERE kind = ? AND ms IS NOT NULL', kind)
      .one().n;
    if (n === 0) return null;
    return this.#sql
      .exec<{ ms: number }>(
        'SELECT ms FROM log WHERE kind = ? AND ms IS NOT NULL ORDER BY ms LIMIT 1 OFFSET ?',
        kind,
        Math.min(n - 1, Math.floor(n * share)),
      )
      .one().ms;
  }

  #read(condition: string, ...values: (string | number)[]): StoredEntry[] {
    return this.#sql
      .exec<{ id: number; at: number; callSid: string | null; kind: string; detail: string }>(
        `SELECT id, at, call_sid AS callSid, kind, detail FROM log WHERE ${condition}`,
        ...values,
      )
      .toArray();
  }
}
