import type { deadLetter } from './schema/control.ts';

export type DeadLetterRow = typeof deadLetter.$inferSelect;
export type DeadLetterQuery = {
  readonly queue?: string | undefined;
  readonly tenantId?: string | undefined;
  /** Those that were neither sent again nor discarded; else all. */
  readonly isWaiting: boolean;
  /** Epoch ms; those that came before. */
  readonly before?: number | undefined;
  readonly limit: number;
};
const COLUMNS = `id, queue, tenant_id AS tenantId, body, at, replayed_at AS replayedAt,
  discarded_at AS discardedAt, discard_reason AS discardReason`;
const WAITING = 'replayed_at IS NULL AND discarded_at IS NULL';

/** What queues gave up on, in CONTROL; the platform's own. */
export class DeadLetterDb {
  readonly #control: D1Database;

  constructor(control: D1Database) {
    this.#control = control;
  }

  /** Newest first. */
  async list(query: DeadLetterQuery): Promise<DeadLetterRow[]> {
    const { queue = null, tenantId = null, isWaiting, before = null, limit } = query;
    const { results } = await this.#control
      .prepare(
        `SELECT ${COLUMNS} FROM dead_letter
         WHERE (?1 IS NULL OR queue = ?1) AND (?2 IS NULL OR tenant_id = ?2)
           AND (?3 IS NULL OR at < ?3) ${isWaiting ? `AND ${WAITING}` : ''}
         ORDER BY at DESC, id LIMIT ?4`,
      )
      .bind(queue, tenantId, before, limit)
      .all<DeadLetterRow & { body: string }>();
    return results.map((row) => ({ ...row, body: JSON.parse(row.body) }));
  }

  /** How many wait in each queue, and since when. */
  async waiting(): Promise<{ queue: string; count: number; oldestAt: number }[]> {
    const { results } = await this.#control
      .prepare(
        `SELECT queue, count(*) AS count, min(at) AS oldestAt FROM dead_letter
         WHERE ${WAITING} GROUP BY queue`,
      )
      .all<{ queue: string; count: number; oldestAt: number }>();
    return results;
  }

  /** Takes one for sending; null when it is gone, discarded, sent, or in somebody else's hands. */
  async lease(id: string, now: number, until: number): Promise<DeadLetterRow | null> {
    const row = await this.#control
      .prepare(
        `UPDATE dead_letter SET replay_lease_until = ?3
         WHERE id = ?1 AND ${WAITING} AND coalesce(replay_lease_until, 0) < ?2
         RETURNING ${COLUMNS}`,
      )
      .bind(id, now, until)
      .first<DeadLetterRow & { body: string }>();
    return row === null ? null : { ...row, body: JSON.parse(row.body) };
  }

  async markReplayed(id: string, now: number): Promise<void> {
    await this.#control
      .prepare('UPDATE dead_letter SET replayed_at = ?2 WHERE id = ?1')
      .bind(id, now)
      .run();
  }

  async release(id: string): Promise<void> {
    await this.#control
      .prepare('UPDATE dead_letter SET replay_lease_until = NULL WHERE id = ?1')
      .bind(id)
      .run();
  }

  /** False when there is none that waits, or somebody is sending it. */
  async discard(id: string, reason: string, now: number): Promise<boolean> {
    const done = await this.#control
      .prepare(
        `UPDATE dead_letter SET discarded_at = ?3, discard_reason = ?2
         WHERE id = ?1 AND ${WAITING} AND coalesce(replay_lease_until, 0) < ?3 RETURNING id`,
      )
      .bind(id, reason, now)
      .first();
    return done !== null;
  }
}
