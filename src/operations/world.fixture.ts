import { sqliteD1 } from '../../tests/support/sqlite.ts';
import { DeadLetterDb } from '../db/dead-letter-db.ts';
import { OperationsDb } from '../db/operations-db.ts';
import { TenantDb } from '../db/tenant-db.ts';
import type { TenantContext } from '../tenants/context.ts';

export const START = Date.parse('2026-05-14T14:07:00Z');

/** The databases of one tenant on the engine of D1, with a clock that a test moves. */
export function operationsWorld(tenant: Partial<TenantContext['tenant']> = {}) {
  const control = sqliteD1('migrations/control');
  const data = sqliteD1('migrations/data');
  let now = START;
  let ids = 0;
  const clock = { now: () => now, sleep: async () => {} };
  const db = new TenantDb(data, 'ten_a');
  const ctx = {
    ...{ db, clock, control: new TenantDb(control, 'ten_a') },
    tenant: { id: 'ten_a', timeZone: 'America/New_York', dailySpendMicros: null, ...tenant },
  } as unknown as TenantContext;
  return {
    ...{ ctx, clock, control, data },
    newId: (prefix: string) => `${prefix}_${String(++ids).padStart(4, '0')}`,
    letters: new DeadLetterDb(control),
    operations: new OperationsDb(control),
    advance: (ms: number) => {
      now += ms;
    },
    rows: (database: typeof data, sql: string) =>
      database.engine.prepare(sql).all() as Record<string, unknown>[],
    /** A call that is over; outbound, completed, unless said otherwise. */
    insertCall: (id: string, own: Readonly<Record<string, string | number | null>> = {}) => {
      const row: Record<string, string | number | null> = {
        ...{ tenant_id: 'ten_a', id, direction: 'outbound', script_id: 'scr', script_version: 1 },
        ...{ from_number: '+12125550100', to_number: '+12125550101', twilio_sid: `CA_${id}` },
        ...{ status: 'completed', turns: 1, applied_up_to: 1, created_at: now, ended_at: now },
        ...{ duration_seconds: 30, cost_micros: 14_000, ...own },
      };
      const names = Object.keys(row);
      data.engine
        .prepare(
          `INSERT INTO call (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
        )
        .run(...Object.values(row));
    },
  };
}
