import { readSummary } from '../../src/analytics/read-summary.ts';
import { readFilters } from '../../src/calls/find-calls.ts';
import { listCalls } from '../../src/calls/list-calls.ts';
import { countRows } from '../launch-worker/count-rows.ts';
import { SEED_CALLS, SEED_CAMPAIGNS } from '../seed/calls.ts';
import { contextOf } from '../seed/context.ts';

type Env = { readonly DATA: D1Database };
const TENANT = 'ten_1';

/** Seeds calls as the ledger would hold them, then reads the summary from figures or from the calls. */
export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    const n = (name: string) => Number(searchParams.get(name));
    if (pathname === '/campaigns') {
      await env.DATA.prepare(SEED_CAMPAIGNS).bind(TENANT).run();
      return Response.json({});
    }
    if (pathname === '/seed') {
      const { meta } = await env.DATA.prepare(SEED_CALLS)
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
