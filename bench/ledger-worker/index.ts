import { type ListCallsInput, listCalls } from '../../src/calls/list-calls.ts';
import { countRows } from '../launch-worker/count-rows.ts';
import { contextOf } from '../seed/context.ts';

type Env = { readonly DATA: D1Database };
const TENANT = 'ten_1';

/** Seeds calls with their attempts and people, then lists them as the API does. */
export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    const n = (name: string) => Number(searchParams.get(name));
    if (pathname === '/people') {
      await env.DATA.prepare(PEOPLE).bind(TENANT).run();
      return Response.json({});
    }
    if (pathname === '/seed') {
      const values = [TENANT, n('first'), n('count'), n('total')];
      await env.DATA.batch([SEED, ATTEMPTS].map((sql) => env.DATA.prepare(sql).bind(...values)));
      return Response.json({});
    }
    const counted = countRows(env.DATA);
    const input = (await request.json()) as ListCallsInput;
    const startedAt = performance.now();
    const { calls, nextCursor } = await listCalls(contextOf(counted.d1, TENANT), input);
    const ms = performance.now() - startedAt;
    return Response.json({ calls: calls.length, nextCursor, read: counted.rows.read, ms });
  },
} satisfies ExportedHandler<Env>;

const PEOPLE = `WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < 99999)
INSERT INTO contact (tenant_id, id, external_id, e164, fields, created_at, updated_at)
SELECT ?1, 'con_' || n, 'person-' || n, '+1212' || printf('%07d', n),
  json_object('firstName', 'Maria', 'lastName', 'Person ' || n, 'city', 'Springfield'), 1, 1 FROM i`;

/** Of a hundred calls ten came in; one in a hundred thousand failed; the last thirty go on. */
const SEED = `WITH RECURSIVE i(n) AS (SELECT CAST(?2 AS INTEGER) UNION ALL
  SELECT n + 1 FROM i WHERE n + 1 < ?2 + ?3)
INSERT INTO call (tenant_id, id, direction, campaign_id, contact_id, script_id, script_version,
  from_number, to_number, twilio_sid, status, outcome, duration_seconds, turns, applied_up_to,
  created_at, ended_at)
SELECT ?1, 'call_' || printf('%07d', n), iif(n % 10 = 0, 'inbound', 'outbound'),
  iif(n % 10 = 0, NULL, iif(n < 1000, 'cmp_old', 'cmp_' || (n % 20))), 'con_' || (n % 100000),
  'scr_1', 1,
  iif(n % 10 = 0, '+1212' || printf('%07d', n % 100000), '+12125550100'),
  iif(n % 10 = 0, '+12125550100', '+1212' || printf('%07d', n % 100000)), 'CA' || n,
  iif(n >= ?4 - 30, 'in-progress', iif(n % 5 = 1, 'no-answer', iif(n % 100000 = 3, 'failed',
    'completed'))),
  iif(n = 0, 'oldest', iif(n % 3 = 0, 'confirmed', NULL)), n % 180, 3, 1,
  1700000000000 + n * 2000, iif(n >= ?4 - 30, NULL, 1700000000000 + n * 2000 + 60000)
FROM i`;

const ATTEMPTS = `INSERT INTO attempt (tenant_id, id, campaign_id, contact_id, e164, ordinal, state,
  lease_until, created_at)
SELECT ?1, id, campaign_id, contact_id, to_number, 1, iif(ended_at IS NULL, 'accepted', 'ended'), 1,
  created_at
FROM call WHERE tenant_id = ?1 AND direction = 'outbound' AND ?4 > 0
  AND id >= 'call_' || printf('%07d', ?2) AND id < 'call_' || printf('%07d', ?2 + ?3)`;
