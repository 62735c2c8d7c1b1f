/** The words a refused write fails with. */
export const NOT_AT_HOME = 'the tenant is not at home in this shard';

const DEEDS = [
  { deed: 'INSERT', row: 'new' },
  { deed: 'UPDATE', row: 'new' },
  { deed: 'DELETE', row: 'old' },
] as const;

/**
 * The triggers that let a tenant move: `gate` refuses what is written while its rows are held,
 * `note` remembers what changes while they are copied. `key` is the table's without the tenant.
 */
export function gateTriggers(table: string, key: readonly string[]): string[] {
  return DEEDS.flatMap(({ deed, row }) => {
    const own = `tenant_id = ${row}.tenant_id`;
    const name = `${table}_${deed.toLowerCase()}`;
    const columns = key.map((column) => `${row}.${column}`).join(', ');
    return [
      `CREATE TRIGGER gate_${name} BEFORE ${deed} ON ${table} WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE ${own} AND state = 'held' AND fills IS NOT '${table}') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, '${NOT_AT_HOME}'), RAISE(IGNORE)) FROM tenant_gate WHERE ${own}; END;`,
      `CREATE TRIGGER note_${name} AFTER ${deed} ON ${table} WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE ${own} AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (${row}.tenant_id, '${table}', json_array(${columns})); END;`,
    ];
  });
}
