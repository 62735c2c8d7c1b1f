import { DurableObject } from 'cloudflare:workers';
import type { Clock } from '../shared/clock.ts';
import { type GcraState, reserve } from '../shared/gcra.ts';
import { SEGMENTS_A_SECOND } from './jobs.ts';

const SEGMENT_MS = 1000 / SEGMENTS_A_SECOND;
/** What carriers let one long code send in a day before they look closer. */
const SEGMENTS_A_DAY = 2000;
const DAY_MS = 86_400_000;

type State = GcraState & { readonly day: number; readonly sent: number };

export type SlotRequest = { readonly messageId: string; readonly segments: number };

/** One per sender number, named by it: hands out the moments at which a text may leave. */
export abstract class MessagePacerObject<Env> extends DurableObject<Env> {
  protected abstract clock(): Clock;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.storage.sql.exec(
      `CREATE TABLE IF NOT EXISTS pace (id INTEGER PRIMARY KEY CHECK (id = 1), state TEXT NOT NULL);
       CREATE TABLE IF NOT EXISTS slot (message_id TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID`,
    );
  }

  /** How long this text has to wait, ms. A text that asks again keeps its moment. */
  slot({ messageId, segments }: SlotRequest): { delayMs: number } {
    const { sql } = this.ctx.storage;
    const now = this.clock().now();
    const [known] = sql
      .exec<{ at: number }>('SELECT at FROM slot WHERE message_id = ?', messageId)
      .toArray();
    if (known !== undefined) return { delayMs: Math.max(0, known.at - now) };
    const state = this.#today(now);
    if (state.sent + segments > SEGMENTS_A_DAY) {
      return { delayMs: (state.day + 1) * DAY_MS - now };
    }
    const pace = { now, n: segments, intervalMs: SEGMENT_MS, burst: 1 };
    const { state: next, delaysMs } = reserve(state, pace);
    const delayMs = Math.ceil(delaysMs[0] ?? 0);
    const after: State = { ...next, day: state.day, sent: state.sent + segments };
    sql.exec('INSERT OR REPLACE INTO pace (id, state) VALUES (1, ?)', JSON.stringify(after));
    sql.exec('DELETE FROM slot WHERE at < ?', now - DAY_MS);
    sql.exec('INSERT INTO slot (message_id, at) VALUES (?, ?)', messageId, now + delayMs);
    return { delayMs };
  }

  #today(now: number): State {
    const day = Math.floor(now / DAY_MS);
    const [row] = this.ctx.storage.sql.exec<{ state: string }>('SELECT state FROM pace').toArray();
    const state: State = row === undefined ? { tat: 0, day, sent: 0 } : JSON.parse(row.state);
    return state.day === day ? state : { ...state, day, sent: 0 };
  }
}
