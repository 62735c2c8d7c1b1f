import type { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { sqliteD1 } from '../../tests/support/sqlite.ts';
import { NOT_AT_HOME } from './gate-triggers.ts';

const TABLES = tablesOf(sqliteD1('migrations/data').engine);

type Column = { readonly name: string; readonly type: string; readonly pk: number };
type Table = { readonly name: string; readonly columns: readonly Column[] };

test.each(TABLES)(
  'a row of $name is noted while it is copied, and refused while it is held',
  (table) => {
    const { engine } = sqliteD1('migrations/data');
    const gate = (state: string, fills: string | null = null) =>
      engine
        .prepare("INSERT OR REPLACE INTO tenant_gate VALUES ('ten_a', ?, 1, ?)")
        .run(state, fills);
    const noted = () =>
      engine
        .prepare('SELECT table_name AS name FROM tenant_change')
        .all()
        .map(({ name }) => name);

    insert(engine, table, 'ten_a');
    expect(noted()).toEqual([]);
    gate('logged');
    for (const sql of changes(table)) engine.exec(sql);
    insert(engine, table, 'ten_a');
    insert(engine, table, 'ten_b');
    expect(noted().filter((name) => name === table.name)).toHaveLength(3);

    gate('held');
    for (const sql of changes(table)) expect(() => engine.exec(sql)).toThrow(NOT_AT_HOME);
    expect(() => insert(engine, table, 'ten_a')).toThrow(NOT_AT_HOME);
    for (const sql of changes(table, 'ten_b')) engine.exec(sql);
    expect(noted().filter((name) => name === table.name)).toHaveLength(3);

    gate('held', table.name);
    for (const sql of changes(table)) engine.exec(sql);
    gate('held', 'another');
    insert(engine, table, 'ten_a');
    const left = engine.prepare(
      `SELECT count(*) AS n FROM ${table.name} WHERE tenant_id = 'ten_a'`,
    );
    expect(left.get()).toEqual({ n: 0 });
  },
);

/** Changes one row, then takes it away. */
function changes({ name }: Table, tenantId = 'ten_a'): string[] {
  return [
    `UPDATE ${name} SET tenant_id = tenant_id WHERE tenant_id = '${tenantId}'`,
    `DELETE FROM ${name} WHERE tenant_id = '${tenantId}'`,
  ];
}

function insert(engine: DatabaseSync, { name, columns }: Table, tenantId: string): void {
  const values = columns.map(({ name, type }) => {
    if (name === 'tenant_id') return tenantId;
    return type === 'TEXT' ? '[]' : 1;
  });
  const places = columns.map(() => '?').join(', ');
  const names = columns.map((column) => `"${column.name}"`).join(', ');
  engine.prepare(`INSERT INTO ${name} (${names}) VALUES (${places})`).run(...values);
}

function tablesOf(engine: DatabaseSync): Table[] {
  const rows = engine
    .prepare(
      `SELECT m.name AS "table", i.name, i.type, i.pk FROM sqlite_schema m
       JOIN pragma_table_info(m.name) i WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'
       AND m.name NOT LIKE 'tenant_%' ORDER BY m.name, i.cid`,
    )
    .all() as unknown as (Column & { readonly table: string })[];
  return [...Map.groupBy(rows, ({ table }) => table)].map(([name, columns]) => ({ name, columns }));
}
