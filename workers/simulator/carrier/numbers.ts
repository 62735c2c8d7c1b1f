export type NumberRow = {
  readonly sid: string;
  readonly number: string;
  readonly voiceUrl: string;
  readonly voiceFallbackUrl: string;
  readonly statusCallback: string;
  readonly smsUrl: string;
  readonly createdAt: number;
};

export type NumberUrls = Pick<
  NumberRow,
  'voiceUrl' | 'voiceFallbackUrl' | 'statusCallback' | 'smsUrl'
>;

const COLUMNS = `sid, number, voice_url AS voiceUrl, voice_fallback_url AS voiceFallbackUrl,
  status_callback AS statusCallback, sms_url AS smsUrl, created_at AS createdAt`;

/** The phone numbers that an account owns. */
export class NumberStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Newest first; `part` is looked for anywhere in the number, as the carrier does. */
  list(part: string, limit: number, offset: number): NumberRow[] {
    return this.#sql
      .exec<NumberRow>(
        `SELECT ${COLUMNS} FROM number WHERE instr(number, ?) > 0 ORDER BY id DESC LIMIT ? OFFSET ?`,
        part,
        limit,
        offset,
      )
      .toArray();
  }

  get(sid: string): NumberRow | undefined {
    return this.#sql
      .exec<NumberRow>(`SELECT ${COLUMNS} FROM number WHERE sid = ?`, sid)
      .toArray()[0];
  }

  owns(number: string): boolean {
    return this.#sql.exec('SELECT 1 FROM number WHERE number = ?', number).toArray().length > 0;
  }

  add(row: NumberRow): void {
    this.#sql.exec(
      `INSERT INTO number
         (sid, number, voice_url, voice_fallback_url, status_callback, sms_url, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      ...[row.sid, row.number, row.voiceUrl, row.voiceFallbackUrl, row.statusCallback],
      ...[row.smsUrl, row.createdAt],
    );
  }

  byNumber(number: string): NumberRow | undefined {
    return this.#sql
      .exec<NumberRow>(`SELECT ${COLUMNS} FROM number WHERE number = ?`, number)
      .toArray()[0];
  }

  setUrls(sid: string, urls: NumberUrls): void {
    this.#sql.exec(
      `UPDATE number SET voice_url = ?, voice_fallback_url = ?, status_callback = ?, sms_url = ?
       WHERE sid = ?`,
      ...[urls.voiceUrl, urls.voiceFallbackUrl, urls.statusCallback, urls.smsUrl, sid],
    );
  }
}
