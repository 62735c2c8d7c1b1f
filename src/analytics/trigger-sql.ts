import { COUNTERS, type Counter, DAY_MS, QUARTER_MS, USAGE_COUNTERS } from './definitions.ts';

/** The definition of a counter over the row that is called `name`. */
export const countOf = ({ sql }: Counter, name: string): string =>
  sql.replace(/\br\./g, `${name}.`);
const start = (ms: number, name: string) => `${name}.created_at - ${name}.created_at % ${ms}`;

/** A call to oneself is of no direction: it counts towards no rate. */
export const kindOf = (name: string): string =>
  `coalesce((SELECT 'test' FROM campaign p WHERE p.tenant_id = ${name}.tenant_id AND p.id = ${name}.campaign_id AND p.kind = 'test'), ${name}.direction)`;
export const listOf = (name: string): string =>
  `coalesce((SELECT p.id FROM campaign p WHERE p.tenant_id = ${name}.tenant_id AND p.id = ${name}.campaign_id AND p.kind = 'list'), '')`;

export type FigureTable = {
  readonly name: 'figure_quarter' | 'figure_day' | 'figure_campaign';
  readonly counters: readonly Counter[];
  /** Columns of its key and what they are for a row of `call`. */
  readonly key: (row: string) => Readonly<Record<string, string>>;
  readonly hasJson: boolean;
};

export const QUARTER: FigureTable = {
  name: 'figure_quarter',
  counters: COUNTERS,
  key: (row) => ({ tenant_id: `${row}.tenant_id`, at: start(QUARTER_MS, row), kind: kindOf(row) }),
  hasJson: false,
};
export const DAY: FigureTable = {
  name: 'figure_day',
  counters: USAGE_COUNTERS,
  key: (row) => ({ tenant_id: `${row}.tenant_id`, at: start(DAY_MS, row), kind: kindOf(row) }),
  hasJson: false,
};
export const CAMPAIGN: FigureTable = {
  name: 'figure_campaign',
  counters: COUNTERS,
  key: (row) => ({
    tenant_id: `${row}.tenant_id`,
    at: start(DAY_MS, row),
    campaign_id: listOf(row),
    kind: kindOf(row),
    script_id: `${row}.script_id`,
    script_version: `${row}.script_version`,
  }),
  hasJson: true,
};

const [FINISHED] = COUNTERS;
const isFinished = (row: string) => countOf(FINISHED, row);

/** Columns whose change moves a figure. */
const FIGURED = [
  ...['status', 'outcome', 'ended_at', 'twilio_sid', 'duration_seconds', 'answered_by'],
  ...['is_transfer_tried', 'is_transferred', 'has_fallback', 'path'],
];
const PRICED = [
  ...FIGURED.filter((column) => column !== 'path' && column !== 'outcome'),
  ...['outcome', 'cost_micros', 'is_cost_final'],
];

/** Adds what the row counts now, less what it counted before; `old` null for a row that is new. */
function moves({ name, counters, key, hasJson }: FigureTable, old: string | null): string {
  const keys = Object.entries(key('new'));
  const change = (counter: Counter) =>
    old === null
      ? countOf(counter, 'new')
      : `${countOf(counter, 'new')} - ${countOf(counter, old)}`;
  const columns = [...keys.map(([column]) => column), ...counters.map(({ column }) => column)];
  const values = [...keys.map(([, sql]) => sql), ...counters.map(change)];
  const sums = counters.map(({ column }) => `${column} = ${column} + excluded.${column}`);
  const json = hasJson
    ? [
        { column: 'outcomes', rows: outcomeRows(old) },
        { column: 'edges', rows: edgeRows(old) },
      ]
    : [];
  const jsonValues = json.map(({ rows }) => `(${merged(rows)})`);
  const merges = json.map(
    ({ column }) =>
      `${column} = (${merged(`SELECT key AS k, value AS n FROM json_each(${name}.${column}) UNION ALL SELECT key, value FROM json_each(excluded.${column})`)})`,
  );
  return (
    `INSERT INTO ${name} (${[...columns, ...json.map(({ column }) => column)].join(', ')}) ` +
    `VALUES (${[...values, ...jsonValues].join(', ')}) ` +
    `ON CONFLICT DO UPDATE SET ${[...sums, ...merges].join(', ')};`
  );
}

export const merged = (rows: string): string =>
  `SELECT json_group_object(k, n) FROM (SELECT k, sum(n) AS n FROM (${rows}) GROUP BY k HAVING sum(n) != 0)`;

function outcomeRows(old: string | null): string {
  const of = (row: string, sign: string) =>
    `SELECT coalesce(${row}.outcome, '') AS k, ${sign}${isFinished(row)} AS n`;
  return old === null ? of('new', '') : `${of('new', '')} UNION ALL ${of(old, '-')}`;
}

function edgeRows(old: string | null): string {
  const of = (row: string, sign: string) =>
    `SELECT value AS k, ${sign}${isFinished(row)} AS n FROM json_each(${row}.path)`;
  return old === null ? of('new', '') : `${of('new', '')} UNION ALL ${of(old, '-')}`;
}

const changed = (columns: readonly string[]) => {
  const of = (row: string) => columns.map((column) => `${row}.${column}`).join(', ');
  return `(${of('new')}) IS NOT (${of('old')}) AND (${isFinished('new')} OR ${isFinished('old')})`;
};

/**
 * The triggers that keep the figures with the ledger: in the transaction that changes a call, by
 * the difference between its old and its new row, so that no writer can forget them and none can
 * count twice. Each is one line, as D1 splits migrations naively.
 */
export const TRIGGERS: readonly string[] = [
  `CREATE TRIGGER call_figures_insert AFTER INSERT ON call WHEN ${isFinished('new')} BEGIN ${moves(QUARTER, null)} ${moves(DAY, null)} ${moves(CAMPAIGN, null)} END;`,
  `CREATE TRIGGER call_figures_update AFTER UPDATE ON call WHEN ${changed(FIGURED)} BEGIN ${moves(QUARTER, 'old')} ${moves(CAMPAIGN, 'old')} END;`,
  `CREATE TRIGGER call_usage_update AFTER UPDATE ON call WHEN ${changed(PRICED)} BEGIN ${moves(DAY, 'old')} END;`,
];
