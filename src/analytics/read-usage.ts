import type { TenantContext } from '../tenants/context.ts';
import { DAY_MS } from './definitions.ts';
import { daysOf, type Span } from './period.ts';

export type Usage = {
  /** YYYY-MM-DD, UTC. */
  readonly day: string;
  /** Finished calls of every kind, also those to oneself. */
  readonly calls: number;
  readonly callSeconds: number;
  readonly callMinutes: number;
  /** Characters that speech was made of. */
  readonly speechCharacters: number;
  readonly messagesOut: number;
  readonly messageSegmentsOut: number;
  readonly messagesIn: number;
  readonly recordingSeconds: number;
  /** Millionths of a US dollar for the calls. */
  readonly callCostMicros: number;
  /** False while the cost of a call is still an estimate. */
  readonly isCostFinal: boolean;
};

const UNUSED = {
  ...{ calls: 0, callSeconds: 0, callMinutes: 0, speechCharacters: 0, messagesOut: 0 },
  ...{ messageSegmentsOut: 0, messagesIn: 0, recordingSeconds: 0, callCostMicros: 0, priced: 0 },
};
type Row = { readonly at: number } & Partial<typeof UNUSED>;

/** What a tenant used on each UTC day that the span touches, days without use included. */
export async function readUsage(ctx: TenantContext, span: Span): Promise<Usage[]> {
  const { from, to } = daysOf(span);
  const results = await ctx.db.batch(QUERIES.map((sql) => ctx.db.raw(sql, from, to)));
  const days = new Map<number, typeof UNUSED>();
  for (let at = from; at < to; at += DAY_MS) days.set(at, UNUSED);
  for (const { at, ...used } of results.flat() as unknown as Row[]) {
    days.set(at, { ...(days.get(at) ?? UNUSED), ...used });
  }
  return [...days].map(([at, { priced, ...used }]) => ({
    day: new Date(at).toISOString().slice(0, 10),
    ...used,
    isCostFinal: priced === used.calls,
  }));
}

const of = (column: string) => `${column} - ${column} % ${DAY_MS} AS at`;
const within = (column: string) => `WHERE tenant_id = ?1 AND ${column} >= ?2 AND ${column} < ?3`;

const QUERIES = [
  `SELECT at, sum(finished) AS calls, sum(seconds) AS callSeconds, sum(minutes) AS callMinutes,
   sum(cost_micros) AS callCostMicros, sum(priced) AS priced
   FROM figure_day ${within('at')} GROUP BY at`,
  `SELECT ${of('made_at')}, sum(characters) AS speechCharacters FROM clip ${within('made_at')}
   GROUP BY 1`,
  `SELECT ${of('created_at')}, sum(direction = 'outbound') AS messagesOut,
   sum((direction = 'outbound') * segments) AS messageSegmentsOut,
   sum(direction = 'inbound') AS messagesIn FROM message ${within('created_at')} GROUP BY 1`,
  `SELECT ${of('created_at')}, coalesce(sum(duration_seconds), 0) AS recordingSeconds
   FROM recording ${within('created_at')} GROUP BY 1`,
];
