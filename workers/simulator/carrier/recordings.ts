import { seededRandom } from '../random.ts';
import { writePcmWav } from '../speech/wav.ts';

export type RecordingRow = {
  readonly sid: string;
  readonly callSid: string;
  readonly source: string;
  readonly channels: number;
  readonly seconds: number;
  readonly createdAt: number;
  readonly deletedAt: number | null;
};

const COLUMNS = `sid, call_sid AS callSid, source, channels, seconds, created_at AS createdAt,
  deleted_at AS deletedAt`;

/** The recordings that an account keeps until somebody deletes them. */
export class RecordingStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  add(row: Omit<RecordingRow, 'deletedAt'>): void {
    this.#sql.exec(
      `INSERT INTO recording (sid, call_sid, source, channels, seconds, created_at)
       VALUES (?, ?, ?, ?, ?, ?)`,
      ...[row.sid, row.callSid, row.source, row.channels, row.seconds, row.createdAt],
    );
  }

  get(sid: string): RecordingRow | undefined {
    return this.#sql
      .exec<RecordingRow>(`SELECT ${COLUMNS} FROM recording WHERE sid = ?`, sid)
      .toArray()[0];
  }

  list(): RecordingRow[] {
    return this.#sql.exec<RecordingRow>(`SELECT ${COLUMNS} FROM recording ORDER BY id`).toArray();
  }

  delete(sid: string, at: number): void {
    this.#sql.exec('UPDATE recording SET deleted_at = ? WHERE sid = ?', at, sid);
  }
}

const RATE_HZ = 8000;
const AMPLITUDE = 4000;

/** A recording's sound, the same every time it is asked for: a low hum that its SID alone decides. */
export function recordedWav(
  { sid, seconds }: Pick<RecordingRow, 'sid' | 'seconds'>,
  channels: number,
): Uint8Array<ArrayBuffer> {
  const random = seededRandom(sid, 'recording');
  const pitches = Array.from({ length: channels }, () => 180 + Math.floor(random() * 200));
  const samples = new Int16Array(seconds * RATE_HZ * channels);
  for (let i = 0; i < samples.length; i += 1) {
    const pitchHz = pitches[i % channels] ?? 0;
    const at = Math.floor(i / channels) / RATE_HZ;
    samples[i] = Math.round(AMPLITUDE * Math.sin(2 * Math.PI * pitchHz * at));
  }
  return writePcmWav(samples, RATE_HZ, channels);
}
