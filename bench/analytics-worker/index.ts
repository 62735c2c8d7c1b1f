import { readSummary } from '../../src/analytics/read-summary.ts';
import { readFilters } from '../../src/calls/find-calls.ts';
import { listCalls } from '../../src/calls/list-calls.ts';
import { countRows } from '../launch-worker/count-rows.ts';
import { contextOf } from '../seed/context.ts';

type Env = { readonly DATA: D1Database };
const TENANT = 'ten_1';

/** Seeds calls as the ledger would hold them, then reads the summary from figures or from the calls. */
export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    const n = (name: string) => Number(searchParams.get(name));
    if (pathname === '/campaigns') {
      await env.DATA.prepare(CAMPAIGNS).bind(TENANT).run();
      return Response.json({});
    }
    if (pathname === '/seed') {
      const { meta } = await env.DATA.prepare(SEED)
        .bind(TENANT, n('first'), n('count'), n('begin'), n('span'), n('total'))
        .run();
      return Response.json({ written: meta.rows_written });
    }
    const counted = countRows(env.DATA);
    const ctx = contextOf(counted.d1, TENANT);
    if (pathname === '/summary') {
      const summary = await readSummary(ctx, { period: '30d' });
      return Response.json({ summary, rows: counted.rows });
    }
    if (pathname === '/calls') {
      const page = await listCalls(ctx, readCallsQuery(searchParams));
      const { calls, nextCursor } = page;
      return Response.json({ calls: calls.length, nextCursor, rows: counted.rows });
    }
    const rows = await ctx.db.rows(ctx.db.raw(SCAN, n('from'), n('to')));
    return Response.json({ counts: rows[0], rows: counted.rows });
  },
} satisfies ExportedHandler<Env>;

function readCallsQuery(given: URLSearchParams) {
  const { cursor, ...filters } = Object.fromEntries(given);
  return { ...readFilters(filters), cursor, limit: 100 };
}

const CAMPAIGNS = `WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < 19)
INSERT INTO campaign (tenant_id, id, name, kind, state, script_id, script_version, from_number,
  time_zone, opens_minute, closes_minute, retry_seconds, variables, is_primed, created_at)
SELECT ?1, 'cmp_' || n, 'Campaign ' || n, 'list', 'running', 'scr_1', 1, '+12125550100', 'UTC', 540,
  1200, '[]', '{}', 1, 0 FROM i`;

/** Twenty campaigns, a fifth of the calls unanswered, machines, outcomes and a path of five edges. */
const SEED = `WITH RECURSIVE i(n) AS (SELECT CAST(?2 AS INTEGER) UNION ALL SELECT n + 1 FROM i WHERE n + 1 < ?2 + ?3)
INSERT INTO call (tenant_id, id, direction, campaign_id, script_id, script_version, from_number,
  to_number, twilio_sid, status, outcome, answered_by, duration_seconds, turns, applied_up_to,
  created_at, ended_at, is_transfer_tried, is_transferred, cost_micros, path)
SELECT ?1, 'call_' || n, iif(n % 10 = 0, 'inbound', 'outbound'),
  iif(n % 10 = 0, NULL, 'cmp_' || (n % 20)), 'scr_1', 1, '+12125550100',
  printf('+1415%07d', n % 300000), printf('CA%032x', n),
  iif(n % 5 = 1, 'no-answer', iif(n % 97 = 3, 'canceled', iif(n % 31 = 2, 'busy', 'completed'))),
  iif(n = 17, 'rare', iif(n % 3 = 0, 'confirmed', iif(n % 7 = 0, 'declined', NULL))),
  iif(n % 11 = 4, 'machine_start', iif(n % 2 = 0, 'human', NULL)), n % 180, 3, 1,
  ?4 + (?5 * (n / 1000)) / (?6 / 1000) + n % 1000, ?4 + ?5, n % 13 = 6, n % 26 = 6, 14000,
  '["[null,null,\\"start\\"]","[\\"start\\",\\"yes\\",\\"date\\"]","[\\"date\\",null,\\"bye\\"]","[\\"bye\\",null,null]"]'
FROM i`;

/** The definitions of product.md, written out for outbound calls by themselves. */
const SCAN = `SELECT
  count(*) FILTER (WHERE status != 'canceled') AS finished,
  count(*) FILTER (WHERE status = 'completed'
    AND (answered_by IS NULL OR answered_by NOT LIKE 'machine%')) AS answered,
  count(*) FILTER (WHERE status = 'completed' AND outcome = 'confirmed'
    AND (answered_by IS NULL OR answered_by NOT LIKE 'machine%')) AS confirmed,
  count(*) FILTER (WHERE status != 'canceled' AND is_transferred) AS transferred,
  coalesce(sum(duration_seconds) FILTER (WHERE status != 'canceled'), 0) AS seconds
FROM call NOT INDEXED
WHERE tenant_id = ?1 AND direction = 'outbound' AND created_at >= ?2 AND created_at < ?3`;
