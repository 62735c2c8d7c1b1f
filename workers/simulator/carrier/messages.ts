export type MessageStatus =
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'undelivered'
  | 'failed'
  | 'receiving'
  | 'received';

export type MessageRow = {
  readonly id: number;
  readonly sid: string;
  readonly direction: 'outbound-api' | 'outbound-reply' | 'inbound';
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly status: MessageStatus;
  readonly errorCode: string | null;
  readonly segments: number;
  readonly statusCallback: string | null;
  readonly createdAt: number;
};
export type NewMessage = Omit<MessageRow, 'id' | 'errorCode'>;

const COLUMNS = `id, sid, direction, from_number AS "from", to_number AS "to", body, status,
  error_code AS errorCode, segments, status_callback AS statusCallback, created_at AS createdAt`;

/** The account's messages, and who has told which of its numbers to stop. */
export class MessageStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  add(row: NewMessage): MessageRow {
    this.#sql.exec(
      `INSERT INTO message (sid, direction, from_number, to_number, body, status, segments,
         status_callback, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[row.sid, row.direction, row.from, row.to, row.body, row.status, row.segments],
      ...[row.statusCallback, row.createdAt],
    );
    const [added] = this.#rows('sid = ?', row.sid);
    if (added === undefined) throw new Error(`Message ${row.sid} was not stored`);
    return added;
  }

  get(sid: string): MessageRow | undefined {
    return this.#rows('sid = ?', sid)[0];
  }

  set(sid: string, status: MessageStatus, errorCode: string | null = null): void {
    this.#sql.exec(
      'UPDATE message SET status = ?, error_code = ? WHERE sid = ?',
      ...[status, errorCode, sid],
    );
  }

  /** Newest first. */
  list(filter: { to?: string; from?: string }, limit: number, offset: number): MessageRow[] {
    const { to = '', from = '' } = filter;
    return this.#rows(
      `(?1 = '' OR to_number = ?1) AND (?2 = '' OR from_number = ?2)
       ORDER BY id DESC LIMIT ?3 OFFSET ?4`,
      ...[to, from, limit, offset],
    );
  }

  /** Oldest first, above the given id. */
  follow(aboveId: number, limit: number): MessageRow[] {
    return this.#rows('id > ? ORDER BY id LIMIT ?', aboveId, limit);
  }

  optOut(own: string, peer: string): void {
    this.#sql.exec('INSERT OR IGNORE INTO opt_out (own_number, peer) VALUES (?, ?)', own, peer);
  }

  optIn(own: string, peer: string): void {
    this.#sql.exec('DELETE FROM opt_out WHERE own_number = ? AND peer = ?', own, peer);
  }

  hasOptedOut(own: string, peer: string): boolean {
    const found = this.#sql.exec(
      'SELECT 1 FROM opt_out WHERE own_number = ? AND peer = ?',
      ...[own, peer],
    );
    return found.toArray().length > 0;
  }

  #rows(condition: string, ...values: (string | number)[]): MessageRow[] {
    return this.#sql
      .exec<MessageRow>(`SELECT ${COLUMNS} FROM message WHERE ${condition}`, ...values)
      .toArray();
  }
}
