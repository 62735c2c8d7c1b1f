import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getPlatformProxy, unstable_splitSqlQuery } from 'wrangler';
import { ROOT } from './wrangler.ts';

type Database = {
  prepare(sql: string): {
    bind(...values: unknown[]): { run(): Promise<unknown> };
    all<Row>(): Promise<{ results: Row[] }>;
  };
  batch(statements: unknown[]): Promise<unknown>;
};

/** Which folder of migrations/ each binding of wrangler.toml follows. */
const FOLDER_OF: Readonly<Record<string, string>> = {
  CONTROL: 'control',
  DATA_0: 'data',
  DATA_1: 'data',
  EVENTS_0: 'events',
  EVENTS_1: 'events',
};

/** Wrangler's own table, so `wrangler d1 migrations list` tells the truth about a local store. */
const CREATE_TABLE = `CREATE TABLE IF NOT EXISTS d1_migrations (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)`;

/**
 * Applies the files of migrations/ that a local store lacks: one process for all databases, since
 * a wrangler command for each takes seconds and they lock each other out.
 */
export async function migrate(stateDir: string): Promise<void> {
  const proxy = await getPlatformProxy<Record<string, Database>>({
    configPath: join(ROOT, 'wrangler.toml'),
    persist: { path: join(stateDir, 'store', 'v3') },
  });
  try {
    for (const [binding, folder] of Object.entries(FOLDER_OF)) {
      const database = proxy.env[binding];
      if (database === undefined) throw new Error(`wrangler.toml has no binding ${binding}`);
      await migrateOne(database, join(ROOT, 'migrations', folder));
    }
  } finally {
    await proxy.dispose();
  }
}

async function migrateOne(database: Database, folder: string): Promise<void> {
  await database.prepare(CREATE_TABLE).bind().run();
  const { results } = await database
    .prepare('SELECT name FROM d1_migrations')
    .all<{ name: string }>();
  const applied = new Set(results.map(({ name }) => name));
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql') && !applied.has(name));
  for (const name of files.sort()) {
    const statements = unstable_splitSqlQuery(readFileSync(join(folder, name), 'utf8'));
    await database.batch([
      ...statements.map((sql) => database.prepare(sql)),
      database.prepare('INSERT INTO d1_migrations (name) VALUES (?1)').bind(name),
    ]);
  }
}
