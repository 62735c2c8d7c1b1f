export type Key = readonly (string | number)[];
export type Row = readonly unknown[];

/** A table that holds rows of tenants; generated columns are left out. */
export type ShardTable = {
  readonly name: string;
  readonly columns: readonly string[];
  /** Of its primary key, without the tenant. */
  readonly key: readonly string[];
};

type Found = {
  readonly name: string;
  readonly column: string;
  readonly pk: number;
  readonly triggers: number;
};

/** Each tenant's table has six triggers that let it move; gate-triggers.ts says which. */
const TRIGGERS_A_TABLE = 6;

/**
 * Every table with a `tenant_id`, as the database itself knows them: none can be forgotten. Throws
 * when one has no triggers, for its rows would be lost on the way.
 */
export async function shardTables(d1: D1Database): Promise<ShardTable[]> {
  const { results } = await d1.prepare(TABLES).all<Found>();
  const bare = results.find(({ triggers }) => triggers !== TRIGGERS_A_TABLE);
  if (bare !== undefined) throw new Error(`The table ${bare.name} has no triggers to be moved by.`);
  return [...Map.groupBy(results, ({ name }) => name)].map(([name, columns]) => ({
    name,
    columns: columns.map(({ column }) => column),
    key: columns
      .filter(({ pk, column }) => pk > 0 && column !== 'tenant_id')
      .sort((left, right) => left.pk - right.pk)
      .map(({ column }) => column),
  }));
}

const TABLES = `SELECT m.name, i.name AS column, i.pk,
  (SELECT count(*) FROM sqlite_master t WHERE t.type = 'trigger' AND t.tbl_name = m.name
   AND (t.name LIKE 'gate\\_%' ESCAPE '\\' OR t.name LIKE 'note\\_%' ESCAPE '\\')) AS triggers
FROM sqlite_master m JOIN pragma_table_info(m.name) i
WHERE m.type = 'table' AND m.name NOT IN ('tenant_gate', 'tenant_change')
  AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) own WHERE own.name = 'tenant_id')
ORDER BY m.name, i.cid`;

/** The key of a row, as it is written in `tenant_change`. */
export function keyOf(table: ShardTable, row: Row): Key {
  return table.key.map((column) => row[table.columns.indexOf(column)] as string | number);
}
