import { sqliteD1 } from '../../tests/support/sqlite.ts';
import { TenantDb } from '../db/tenant-db.ts';
import { toBase64 } from '../shared/bytes.ts';
import { sealerFrom } from '../shared/seal.ts';
import type { TenantContext } from '../tenants/context.ts';
import type { DeliverDueDeps } from './deliver-due.ts';
import { deliverDue } from './deliver-due.ts';
import { createEndpoint } from './endpoints.ts';

export const START = Date.parse('2026-05-14T14:07:00Z');
const random = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes);

type Receive = (request: Request) => Response | Promise<Response>;

/** A tenant with webhooks on the engine of D1, a receiver that a test plays, and a clock it moves. */
export function webhookWorld(options: { readonly allowsPrivate?: boolean } = {}) {
  const data = sqliteD1('migrations/data');
  let now = START;
  let ids = 0;
  const clock = { now: () => now, sleep: async () => {} };
  const contextOf = (tenantId: string) =>
    ({
      ...{ db: new TenantDb(data, tenantId), clock, tenant: { id: tenantId } },
      newId: (prefix: string) => `${prefix}_${String(++ids).padStart(4, '0')}`,
    }) as unknown as TenantContext;
  const sealer = sealerFrom(`k:${toBase64(new Uint8Array(32).fill(7))}`, random);
  const allowsPrivate = options.allowsPrivate ?? false;
  const ctx = contextOf('ten_a');
  const asked: Request[] = [];
  let receive: Receive = () => new Response('thanks');
  const deps: DeliverDueDeps = {
    ...{ clock, sealer, allowsPrivate, limitMs: 1000, random: () => 0 },
    fetch: async (request) => {
      asked.push(request.clone());
      return receive(request);
    },
  };
  return {
    ...{ ctx, data, asked, deps, contextOf },
    exec: (sql: string) => data.engine.exec(sql),
    rows: (sql: string) => data.engine.prepare(sql).all() as Record<string, unknown>[],
    answers: (next: Receive) => {
      receive = next;
    },
    advance: (ms: number) => {
      now += ms;
    },
    endpoint: (types: readonly string[] = [], url = 'https://hooks.example.com/in') =>
      createEndpoint(
        ctx,
        { sealer, random, allowsPrivate },
        { ...{ url, types, description: '', createdBy: 'usr' } },
      ),
    run: () => deliverDue(ctx, deps),
    /** Writes one row that is told of. */
    suppress: (e164 = '+12125550101', tenantId = 'ten_a') =>
      data.engine.exec(`INSERT INTO suppression (tenant_id, e164, reason, created_at)
        VALUES ('${tenantId}', '${e164}', 'manual', ${now})`),
  };
}
