const SCHEMA = `CREATE TABLE IF NOT EXISTS held_place
  (call_id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, campaign_id TEXT, expires_at INTEGER NOT NULL)
  WITHOUT ROWID`;

export type PlaceLimits = {
  readonly most: number;
  /** Null for a call that came in. */
  readonly campaignId: string | null;
  /** The campaign's own limit; null = none beside `most`. */
  readonly mostOfCampaign: number | null;
};

/**
 * Which calls hold one of an account's places. A lease ends by itself, so a last callback that is
 * lost leaks no place.
 */
export class PlaceLeases {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(SCHEMA);
  }

  /** How many of these calls, from the first on, may run when no more than the limits allow do. */
  count(callIds: readonly string[], limits: PlaceLimits, now: number): number {
    const { most, campaignId, mostOfCampaign } = limits;
    let free = most - this.taken(now);
    if (campaignId !== null && mostOfCampaign !== null) {
      free = Math.min(free, mostOfCampaign - this.taken(now, campaignId));
    }
    const held = new Set(
      this.#sql
        .exec<{ callId: string }>(
          `SELECT call_id AS callId FROM held_place
           WHERE expires_at > ? AND call_id IN (SELECT value FROM json_each(?))`,
          now,
          JSON.stringify(callIds),
        )
        .toArray()
        .map(({ callId }) => callId),
    );
    const firstWithout = callIds.findIndex((callId) => {
      if (held.has(callId)) return false;
      held.add(callId);
      free -= 1;
      return free < 0;
    });
    return firstWithout === -1 ? callIds.length : firstWithout;
  }

  take(
    callIds: readonly string[],
    lease: {
      readonly tenantId: string;
      readonly campaignId: string | null;
      readonly leaseMs: number;
    },
    now: number,
  ): void {
    this.#sql.exec('DELETE FROM held_place WHERE expires_at <= ?', now);
    this.#sql.exec(
      `INSERT OR REPLACE INTO held_place (call_id, tenant_id, campaign_id, expires_at)
       SELECT value, ?2, ?3, ?4 FROM json_each(?1)`,
      JSON.stringify(callIds),
      lease.tenantId,
      lease.campaignId,
      now + lease.leaseMs,
    );
  }

  release(callIds: readonly string[]): void {
    this.#sql.exec(
      'DELETE FROM held_place WHERE call_id IN (SELECT value FROM json_each(?))',
      JSON.stringify(callIds),
    );
  }

  /** Places held now, of all or of one campaign. */
  taken(now: number, campaignId: string | null = null): number {
    return this.#sql
      .exec<{ n: number }>(
        `SELECT count(*) AS n FROM held_place
         WHERE expires_at > ?1 AND (?2 IS NULL OR campaign_id = ?2)`,
        now,
        campaignId,
      )
      .one().n;
  }
}
