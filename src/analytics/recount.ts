import type { TenantContext } from '../tenants/context.ts';
import { DAY_MS } from './definitions.ts';
import { CAMPAIGN, countOf, DAY, type FigureTable, merged, QUARTER } from './trigger-sql.ts';

const TABLES = [QUARTER, DAY, CAMPAIGN];

/**
 * Counts one UTC day anew from the ledger. One transaction, as are the triggers: what ends in the
 * meantime is in the recount or added after it, never both.
 */
export async function rebuildDay(ctx: TenantContext, day: number): Promise<void> {
  await ctx.db.batch(
    TABLES.flatMap((table) => [
      ctx.db.raw(
        `DELETE FROM ${table.name} WHERE tenant_id = ?1 AND at >= ?2 AND at < ?3`,
        day,
        day + DAY_MS,
      ),
      ctx.db.raw(
        `INSERT INTO ${table.name} (${columnsOf(table).join(', ')}) ${recountSql(table)}`,
        day,
        day + DAY_MS,
      ),
    ]),
  );
}

/** How many rows of one UTC day are not what the ledger says. Changes nothing. */
export async function checkDay(ctx: TenantContext, day: number): Promise<number> {
  const results = await ctx.db.batch(
    TABLES.flatMap((table) => [
      ctx.db.raw(recountSql(table), day, day + DAY_MS),
      ctx.db.raw(
        `SELECT ${columnsOf(table).join(', ')} FROM ${table.name}
         WHERE tenant_id = ?1 AND at >= ?2 AND at < ?3`,
        day,
        day + DAY_MS,
      ),
    ]),
  );
  return TABLES.reduce((wrong, table, i) => {
    const counted = new Set(linesOf(table, results[2 * i] ?? []));
    const kept = new Set(linesOf(table, results[2 * i + 1] ?? []));
    const missing = [...counted].filter((line) => !kept.has(line)).length;
    return wrong + missing + [...kept].filter((line) => !counted.has(line)).length;
  }, 0);
}

/** The first and last UTC day that has a call. */
export async function daysWithCalls(
  ctx: TenantContext,
): Promise<{ readonly first: number; readonly last: number } | null> {
  const [found] = await ctx.db.rows<{ first: number | null; last: number | null }>(
    ctx.db.raw(`SELECT
      (SELECT min(created_at) FROM call WHERE tenant_id = ?1) AS first,
      (SELECT max(created_at) FROM call WHERE tenant_id = ?1) AS last`),
  );
  if (found?.first == null || found.last === null) return null;
  return { first: found.first - (found.first % DAY_MS), last: found.last - (found.last % DAY_MS) };
}

function columnsOf(table: FigureTable): string[] {
  return [
    ...Object.keys(table.key('c')),
    ...table.counters.map(({ column }) => column),
    ...(table.hasJson ? ['outcomes', 'edges'] : []),
  ];
}

/** The same definitions as the triggers', over all calls of a day. */
function recountSql(table: FigureTable): string {
  const key = Object.entries(table.key('c'));
  const columns = [
    ...key.map(([column, sql]) => `${sql} AS ${column}`),
    ...table.counters.map((counter) => `${countOf(counter, 'c')} AS ${counter.column}`),
  ];
  const [finished] = table.counters;
  const calls = `SELECT ${columns.join(', ')}${
    table.hasJson ? `, coalesce(c.outcome, '') AS outcome, c.path AS path` : ''
  } FROM call c WHERE c.tenant_id = ?1 AND c.created_at >= ?2 AND c.created_at < ?3
    AND ${finished === undefined ? '' : countOf(finished, 'c')}`;
  const names = key.map(([column]) => column);
  const sums = table.counters.map(({ column }) => `sum(${column})`);
  if (!table.hasJson) {
    return `SELECT ${[...names, ...sums].join(', ')} FROM (${calls}) GROUP BY ${names.join(', ')}`;
  }
  const same = (alias: string) => names.map((name) => `${alias}.${name} = g.${name}`).join(' AND ');
  const outcomes = merged(`SELECT o.outcome AS k, 1 AS n FROM counted o WHERE ${same('o')}`);
  const edges = merged(
    `SELECT e.value AS k, 1 AS n FROM counted p, json_each(p.path) e WHERE ${same('p')}`,
  );
  return `WITH counted AS MATERIALIZED (${calls})
    SELECT ${[...names, ...sums].join(', ')}, (${outcomes}), (${edges})
    FROM counted g GROUP BY ${names.join(', ')}`;
}

/** Lines that can be compared; what counts nothing is as good as no row. */
function linesOf(table: FigureTable, rows: readonly Readonly<Record<string, unknown>>[]): string[] {
  const width = Object.keys(table.key('c')).length;
  return rows
    .map((row) => Object.values(row))
    .filter((values) => values.slice(width).some((value) => value !== 0 && value !== '{}'))
    .map((values) => JSON.stringify(values.map(sorted)));
}

/** A counter of names is the same in any order. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith('{')) return value;
  return Object.entries(JSON.parse(value) as Record<string, number>).sort();
}
