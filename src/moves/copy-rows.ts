import { type Key, keyOf, type Row, type ShardTable } from '../db/shard-tables.ts';
import { areSame, type TenantShard } from '../db/tenant-shard.ts';
import { type Journey, MoveFault } from './journey.ts';

const PAGE_ROWS = 500;

export type Cursor = { readonly table: string; readonly key: Key };
export type Page = { readonly cursor: Cursor; readonly rows: number };

/** Copies the next page after the cursor; null when every table is copied. */
export async function copyPage({ from, to, tables, move }: Journey): Promise<Page | null> {
  const { cursor } = move;
  const start = cursor === null ? 0 : tables.findIndex(({ name }) => name === cursor.table);
  if (start < 0) throw new MoveFault(`The table ${cursor?.table} is not there any more.`);
  for (const [i, table] of tables.slice(start).entries()) {
    const after = i === 0 && cursor !== null ? cursor.key : null;
    const rows = await from.page(table, after, PAGE_ROWS);
    const last = rows.at(-1);
    if (last === undefined) continue;
    await place(to, table, [], rows);
    return { cursor: { table: table.name, key: keyOf(table, last) }, rows: rows.length };
  }
  return null;
}

/** Copies anew what has changed since; answers how many changes it saw, 0 when none is left. */
export async function followChanges({ from, to, tables }: Journey): Promise<number> {
  const changes = await from.changes(PAGE_ROWS);
  for (const [name, own] of Map.groupBy(changes, ({ table }) => table)) {
    const table = tables.find((one) => one.name === name);
    if (table === undefined) throw new MoveFault(`A row of ${name} changed, and nobody knows it.`);
    const keys = unique(own.map(({ key }) => key));
    await place(to, table, keys, await from.rowsOf(table, keys));
  }
  const last = changes.at(-1);
  if (last !== undefined) await from.forgetChanges(last.seq);
  return changes.length;
}

/** Tables that have not as many rows there as here. */
export async function unequalTables({ from, to, tables }: Journey): Promise<string[]> {
  const [here, there] = await Promise.all([from.counts(tables), to.counts(tables)]);
  return tables
    .filter(({ name }) => here[name] !== there[name])
    .map(({ name }) => `${name} (${here[name]} here, ${there[name]} there)`);
}

/** Every row is read back: what is not there as it was here would be lost. */
async function place(
  to: TenantShard,
  table: ShardTable,
  gone: readonly Key[],
  rows: readonly Row[],
): Promise<void> {
  const keys = rows.map((row) => keyOf(table, row));
  await to.replace(table, gone, rows);
  const found = await to.rowsOf(table, unique([...gone, ...keys]));
  if (areSame(table, rows, found)) return;
  throw new MoveFault(`Rows of ${table.name} arrived other than they left.`);
}

const unique = (keys: readonly Key[]): Key[] => [
  ...new Map(keys.map((key) => [JSON.stringify(key), key])).values(),
];
