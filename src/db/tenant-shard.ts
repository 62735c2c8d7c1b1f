import { jsonArrays } from './json-arrays.ts';
import { type Key, keyOf, type Row, type ShardTable } from './shard-tables.ts';

export type Change = { readonly seq: number; readonly table: string; readonly key: Key };

/** Characters of one statement's JSON: far below D1's 2 MB a value. */
const MOST_CHARS = 500_000;

/** Somebody else moves this tenant now. */
export class TakenOver extends Error {
  override readonly name = 'TakenOver';
}

/**
 * One tenant's rows in one shard, as whoever moves it sees them. Everything that changes something
 * does so only while the shard's gate names this mover's token, in the same transaction.
 */
export class TenantShard {
  readonly #d1: D1Database;
  readonly #tenantId: string;
  readonly #token: number;

  constructor(d1: D1Database, tenantId: string, token: number) {
    this.#d1 = d1;
    this.#tenantId = tenantId;
    this.#token = token;
  }

  /** Shuts out whoever moved the tenant before. */
  async setGate(state: 'logged' | 'held'): Promise<void> {
    const set = await this.#bind(SET_GATE, this.#token, state).first();
    if (set === null) throw new TakenOver(`A newer mover has tenant ${this.#tenantId}.`);
  }

  /** Whoever is at home here may write again, and nothing is noted. */
  async openGate(): Promise<void> {
    await this.#bind(
      'DELETE FROM tenant_gate WHERE tenant_id = ?1 AND token <= ?2',
      this.#token,
    ).run();
  }

  /** Rows in the order of their key, after `after`. */
  async page(table: ShardTable, after: Key | null, limit: number): Promise<Row[]> {
    const key = table.key.join(', ');
    const places = table.key.map((_, i) => `?${i + 3}`).join(', ');
    const isAfter = after === null ? '' : ` AND (${key}) > (${places})`;
    return this.#rows(
      table,
      `WHERE tenant_id = ?1${isAfter} ORDER BY ${key} LIMIT ?2`,
      limit,
      ...(after ?? []),
    );
  }

  /** Those of the named rows that exist. */
  rowsOf(table: ShardTable, keys: readonly Key[]): Promise<Row[]> {
    return this.#rows(table, `WHERE tenant_id = ?1 AND ${isNamed(table)}`, JSON.stringify(keys));
  }

  /** What is named by `keys` is gone, and `rows` are there, in one transaction. */
  async replace(table: ShardTable, keys: readonly Key[], rows: readonly Row[]): Promise<void> {
    const values = table.columns.map((_, i) => `value->>${i}`).join(', ');
    const insert =
      `INSERT OR REPLACE INTO ${table.name} (${names(table.columns)}) ` +
      `SELECT ${values} FROM json_each(?3) WHERE ${IS_OURS}`;
    await this.#d1.batch([
      this.#bind(FILLS, this.#token, table.name),
      this.#bind(
        `DELETE FROM ${table.name} WHERE tenant_id = ?1 AND ${isNamed(table, '?3')} AND ${IS_OURS}`,
        this.#token,
        JSON.stringify(keys),
      ),
      ...jsonArrays(rows, MOST_CHARS).map((json) => this.#bind(insert, this.#token, json)),
      this.#bind(FILLS, this.#token, null),
    ]);
  }

  /** Takes away up to `limit` rows of a table; answers how many. */
  async removeSome(table: ShardTable, limit: number): Promise<number> {
    const key = table.key.join(', ');
    const removed = await this.#d1.batch([
      this.#bind(FILLS, this.#token, table.name),
      this.#bind(
        `DELETE FROM ${table.name} WHERE tenant_id = ?1 AND ${IS_OURS} AND (${key}) IN
         (SELECT ${key} FROM ${table.name} WHERE tenant_id = ?1 ORDER BY ${key} LIMIT ?3)
         RETURNING 1`,
        this.#token,
        limit,
      ),
      this.#bind(FILLS, this.#token, null),
    ]);
    return removed[1]?.results.length ?? 0;
  }

  /** How many rows each table has, at one moment. */
  async counts(tables: readonly ShardTable[]): Promise<Readonly<Record<string, number>>> {
    const counts = tables.map(
      ({ name }) => `(SELECT count(*) FROM ${name} WHERE tenant_id = ?1) AS ${name}`,
    );
    return (await this.#bind(`SELECT ${counts.join(', ')}`).first<Record<string, number>>()) ?? {};
  }

  /** What changed since the gate began to note it, oldest first. */
  async changes(limit: number): Promise<Change[]> {
    const { results } = await this.#bind(CHANGES, limit).all<
      Omit<Change, 'key'> & { key: string }
    >();
    return results.map(({ key, ...change }) => ({ ...change, key: JSON.parse(key) }));
  }

  async forgetChanges(upTo: number): Promise<void> {
    await this.#bind(FORGET, this.#token, upTo).run();
  }

  async #rows(table: ShardTable, where: string, ...params: unknown[]): Promise<Row[]> {
    const sql = `SELECT ${names(table.columns)} FROM ${table.name} ${where}`;
    const { results } = await this.#bind(sql, ...params).all<Record<string, unknown>>();
    return results.map((row) => table.columns.map((column) => row[column]));
  }

  #bind(sql: string, ...params: unknown[]): D1PreparedStatement {
    return this.#d1.prepare(sql).bind(this.#tenantId, ...params);
  }
}

/** The same rows, value for value, in whatever order. */
export function areSame(table: ShardTable, left: readonly Row[], right: readonly Row[]): boolean {
  const texts = (rows: readonly Row[]) =>
    rows
      .map((row) => `${JSON.stringify(keyOf(table, row))} ${JSON.stringify(row)}`)
      .sort()
      .join('\n');
  return texts(left) === texts(right);
}

const names = (columns: readonly string[]) => columns.map((column) => `"${column}"`).join(', ');

function isNamed({ key }: ShardTable, keys = '?2'): string {
  const parts = key.map((_, i) => `value->>${i}`).join(', ');
  return `(${key.join(', ')}) IN (SELECT ${parts} FROM json_each(${keys}))`;
}

const IS_OURS = 'EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = ?1 AND token = ?2)';

const SET_GATE = `INSERT INTO tenant_gate (tenant_id, token, state) VALUES (?1, ?2, ?3)
ON CONFLICT DO UPDATE SET token = ?2, state = ?3, fills = NULL WHERE token <= ?2 RETURNING token`;

const FILLS = 'UPDATE tenant_gate SET fills = ?3 WHERE tenant_id = ?1 AND token = ?2';

const CHANGES = `SELECT seq, table_name AS "table", row_key AS key FROM tenant_change
WHERE tenant_id = ?1 ORDER BY seq LIMIT ?2`;

const FORGET = `DELETE FROM tenant_change WHERE tenant_id = ?1 AND seq <= ?3
AND NOT EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = ?1 AND token > ?2)`;
