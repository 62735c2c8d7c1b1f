import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

/** Runs before each statement or batch of a database, and after it was committed. */
export type DatabaseHook = {
  readonly before: () => Promise<void>;
  readonly after: (texts: readonly string[], changes: readonly number[]) => Promise<void>;
};

const NO_HOOK: DatabaseHook = { before: async () => {}, after: async () => {} };

/**
 * D1's own engine in memory, with the project's migrations: the same SQL runs as in a Worker,
 * thousands of times a second, and every step can be held up or cut off.
 */
export function sqliteD1(
  migrations: string,
  hook: DatabaseHook = NO_HOOK,
): D1Database & { readonly engine: DatabaseSync } {
  const database = new DatabaseSync(':memory:');
  for (const file of readdirSync(migrations)
    .filter((name) => name.endsWith('.sql'))
    .sort()) {
    database.exec(readFileSync(join(migrations, file), 'utf8'));
  }
  const prepare = (sql: string, params: readonly unknown[] = []) => ({
    sql,
    params,
    bind: (...bound: unknown[]) => prepare(sql, bound),
    all: async () => (await transaction([{ sql, params }]))[0],
    run: async () => (await transaction([{ sql, params }]))[0],
    first: async (column?: string) => {
      const row = (await transaction([{ sql, params }]))[0]?.results[0] as
        | Record<string, unknown>
        | undefined;
      return (column === undefined ? row : row?.[column]) ?? null;
    },
    raw: async () => {
      await hook.before();
      const rows = prepared(database, sql)
        .all(...valuesOf(params))
        .map(Object.values);
      await hook.after([sql], [0]);
      return rows;
    },
  });
  const transaction = async (statements: readonly Prepared[]) => {
    await hook.before();
    const results = runAll(database, statements);
    await hook.after(
      statements.map(({ sql }) => sql),
      results.map(({ meta }) => meta.changes),
    );
    return results;
  };
  const d1 = { prepare, batch: transaction } as unknown as D1Database;
  return Object.assign(d1, { engine: database });
}

type Prepared = { readonly sql: string; readonly params: readonly unknown[] };

function runAll(database: DatabaseSync, statements: readonly Prepared[]) {
  database.exec('BEGIN');
  try {
    const results = statements.map(({ sql, params }) => {
      const before = totalChanges(database);
      const results = prepared(database, sql).all(...valuesOf(params));
      return { success: true, results, meta: { changes: totalChanges(database) - before } };
    });
    database.exec('COMMIT');
    return results;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function totalChanges(database: DatabaseSync): number {
  return Number(prepared(database, 'SELECT total_changes() AS n').get()?.n);
}

const statements = new WeakMap<DatabaseSync, Map<string, StatementSync>>();

/** Preparing costs more than running. */
function prepared(database: DatabaseSync, sql: string): StatementSync {
  const own = statements.get(database) ?? new Map<string, StatementSync>();
  statements.set(database, own);
  const statement = own.get(sql) ?? database.prepare(sql);
  own.set(sql, statement);
  return statement;
}

/** D1 takes booleans as 0 and 1, and undefined not at all. */
function valuesOf(params: readonly unknown[]): SQLInputValue[] {
  return params.map((value) =>
    typeof value === 'boolean' ? Number(value) : (value as SQLInputValue),
  );
}

/** The storage of one Durable Object in memory. */
export function memoryStorage() {
  let database = new DatabaseSync(':memory:');
  const alarm: { at: number | null } = { at: null };
  const exec = (sql: string, ...params: unknown[]) => {
    if (params.length === 0 && sql.trim().includes(';\n')) {
      database.exec(sql);
      return cursorOf([], 0);
    }
    const before = totalChanges(database);
    const rows = prepared(database, sql).all(...valuesOf(params));
    return cursorOf(rows, totalChanges(database) - before);
  };
  return {
    alarm,
    sql: { exec },
    getAlarm: async () => alarm.at,
    setAlarm: async (at: number) => {
      alarm.at = at;
    },
    deleteAll: async () => {
      database = new DatabaseSync(':memory:');
      alarm.at = null;
    },
  };
}

function cursorOf(rows: readonly unknown[], rowsWritten: number) {
  return { rowsWritten, toArray: () => rows, one: () => rows[0] };
}
