import type { alert, alertRule } from './schema/alert.ts';

export type AlertRow = typeof alert.$inferSelect;
export type AlertRuleRow = typeof alertRule.$inferSelect;

const ALERT = `tenant_id AS tenantId, id, rule, value, threshold, raised_at AS raisedAt,
  resolved_at AS resolvedAt, acknowledged_at AS acknowledgedAt, acknowledged_by AS acknowledgedBy,
  raised_told_at AS raisedToldAt, resolved_told_at AS resolvedToldAt,
  tell_lease_until AS tellLeaseUntil`;
/** Word for word the condition of the index `alert_untold`. */
const UNTOLD = 'raised_told_at IS NULL OR (resolved_at IS NOT NULL AND resolved_told_at IS NULL)';

/** Alerts of all tenants and heartbeats, in CONTROL: what cron looks after. */
export class OperationsDb {
  readonly #control: D1Database;

  constructor(control: D1Database) {
    this.#control = control;
  }

  async beat(id: string, at: number): Promise<void> {
    await this.#control
      .prepare('INSERT INTO heartbeat (id, at) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET at = ?2')
      .bind(id, at)
      .run();
  }

  async lastBeat(id: string): Promise<number | null> {
    return this.#control
      .prepare('SELECT at FROM heartbeat WHERE id = ?1')
      .bind(id)
      .first<number>('at');
  }

  async rules(): Promise<AlertRuleRow[]> {
    const { results } = await this.#control
      .prepare(
        `SELECT tenant_id AS tenantId, name, is_on AS isOn, threshold, changed_at AS changedAt
         FROM alert_rule`,
      )
      .all<Omit<AlertRuleRow, 'isOn'> & { isOn: number }>();
    return results.map((row) => ({ ...row, isOn: row.isOn === 1 }));
  }

  async open(): Promise<AlertRow[]> {
    const { results } = await this.#control
      .prepare(`SELECT ${ALERT} FROM alert WHERE resolved_at IS NULL`)
      .all<AlertRow>();
    return results;
  }

  /** Of several who see the same one raises it. */
  async raise(
    own: Pick<AlertRow, 'tenantId' | 'id' | 'rule' | 'value' | 'threshold'> & { at: number },
  ): Promise<void> {
    await this.#control
      .prepare(
        `INSERT INTO alert (tenant_id, id, rule, value, threshold, raised_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING`,
      )
      .bind(own.tenantId, own.id, own.rule, own.value, own.threshold, own.at)
      .run();
  }

  async resolve(tenantId: string, id: string, at: number): Promise<void> {
    await this.#control
      .prepare(
        `UPDATE alert SET resolved_at = ?3
         WHERE tenant_id = ?1 AND id = ?2 AND resolved_at IS NULL`,
      )
      .bind(tenantId, id, at)
      .run();
  }

  async untold(limit: number): Promise<{ tenantId: string; id: string }[]> {
    const { results } = await this.#control
      .prepare(
        `SELECT tenant_id AS tenantId, id FROM alert WHERE ${UNTOLD} ORDER BY raised_at LIMIT ?1`,
      )
      .bind(limit)
      .all<{ tenantId: string; id: string }>();
    return results;
  }

  async leaseUntold(
    tenantId: string,
    id: string,
    now: number,
    until: number,
  ): Promise<AlertRow | null> {
    return this.#control
      .prepare(
        `UPDATE alert SET tell_lease_until = ?4
         WHERE tenant_id = ?1 AND id = ?2 AND (${UNTOLD}) AND coalesce(tell_lease_until, 0) < ?3
         RETURNING ${ALERT}`,
      )
      .bind(tenantId, id, now, until)
      .first<AlertRow>();
  }

  async markTold(
    tenantId: string,
    id: string,
    change: 'raised' | 'resolved',
    at: number,
  ): Promise<void> {
    await this.#control
      .prepare(`UPDATE alert SET ${change}_told_at = ?3 WHERE tenant_id = ?1 AND id = ?2`)
      .bind(tenantId, id, at)
      .run();
  }

  async releaseTold(tenantId: string, id: string): Promise<void> {
    await this.#control
      .prepare('UPDATE alert SET tell_lease_until = NULL WHERE tenant_id = ?1 AND id = ?2')
      .bind(tenantId, id)
      .run();
  }
}
