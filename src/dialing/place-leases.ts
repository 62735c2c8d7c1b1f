const SCHEMA = `CREATE TABLE IF NOT EXISTS place
  (call_id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID`;
/** Only of campaigns with a limit of their own. */
const CAMPAIGN_SCHEMA = `CREATE TABLE IF NOT EXISTS campaign_place
  (call_id TEXT PRIMARY KEY, campaign_id TEXT NOT NULL) WITHOUT ROWID`;

/** A campaign that may have no more than `most` calls at once, whatever the account has room for. */
export type OwnLimit = { readonly campaignId: string; readonly most: number };

/**
 * Which calls hold one of an account's places. A lease ends by itself, so a last callback that is
 * lost leaks no place.
 */
export class PlaceLeases {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(SCHEMA);
    sql.exec(CAMPAIGN_SCHEMA);
  }

  /** How many of these calls, from the first on, may run when no more than `most` do. */
  count(callIds: readonly string[], most: number, now: number, own: OwnLimit | null): number {
    const ownFree = own === null ? most : own.most - this.#takenBy(own.campaignId, now);
    let free = Math.min(most - this.taken(now), ownFree);
    const held = new Set(
      this.#sql
        .exec<{ callId: string }>(
          `SELECT call_id AS callId FROM place
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
    lease: { readonly tenantId: string; readonly leaseMs: number },
    now: number,
    own: OwnLimit | null,
  ): void {
    this.#sql.exec('DELETE FROM place WHERE expires_at <= ?', now);
    this.#sql.exec('DELETE FROM campaign_place WHERE call_id NOT IN (SELECT call_id FROM place)');
    this.#sql.exec(
      `INSERT OR REPLACE INTO place (call_id, tenant_id, expires_at)
       SELECT value, ?2, ?3 FROM json_each(?1)`,
      JSON.stringify(callIds),
      lease.tenantId,
      now + lease.leaseMs,
    );
    if (own === null) return;
    this.#sql.exec(
      `INSERT OR REPLACE INTO campaign_place (call_id, campaign_id)
       SELECT value, ?2 FROM json_each(?1)`,
      JSON.stringify(callIds),
      own.campaignId,
    );
  }

  release(callIds: readonly string[]): void {
    this.#sql.exec(
      'DELETE FROM place WHERE call_id IN (SELECT value FROM json_each(?))',
      JSON.stringify(callIds),
    );
  }

  #takenBy(campaignId: string, now: number): number {
    return this.#sql
      .exec<{ n: number }>(
        `SELECT count(*) AS n FROM campaign_place AS c CROSS JOIN place AS p USING (call_id)
         WHERE c.campaign_id = ? AND p.expires_at > ?`,
        campaignId,
        now,
      )
      .one().n;
  }

  taken(now: number): number {
    return this.#sql
      .exec<{ n: number }>('SELECT count(*) AS n FROM place WHERE expires_at > ?', now)
      .one().n;
  }
}
