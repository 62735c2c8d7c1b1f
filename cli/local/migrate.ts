import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  getPlatformProxy,
  type Unstable_Config,
  unstable_readConfig,
  unstable_splitSqlQuery,
} from 'wrangler';
import { ROOT } from './wrangler.ts';

type Database = {
  prepare(sql: string): {
    bind(...values: unknown[]): {
      run(): Promise<unknown>;
      all<Row>(): Promise<{ results: Row[] }>;
    };
    all<Row>(): Promise<{ results: Row[] }>;
  };
  batch(statements: unknown[]): Promise<unknown>;
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
  const { databases, config, dispose } = await localDatabases(stateDir);
  try {
    for (const { binding, migrations_dir } of config.d1_databases) {
      if (migrations_dir === undefined) {
        throw new Error(`wrangler.toml names no migrations_dir for ${binding}`);
      }
      await migrateOne(databases.get(binding), join(ROOT, migrations_dir));
    }
  } finally {
    await dispose();
  }
}

/** The databases of a local store by their bindings, while no Worker runs on them. */
export async function localDatabases(stateDir: string) {
  const config = unstable_readConfig({ config: join(ROOT, 'wrangler.toml') });
  const proxy = await getPlatformProxy<Record<string, Database>>({
    configPath: databasesOnly(stateDir, config),
    persist: { path: join(stateDir, 'store', 'v3') },
  });
  const get = (binding: string): Database => {
    const database = proxy.env[binding];
    if (database === undefined) throw new Error(`wrangler.toml names no database ${binding}`);
    return database;
  };
  return { config, databases: { get }, dispose: () => proxy.dispose() };
}

/** The Worker's Durable Objects are not at hand here, and wrangler would warn of each. */
function databasesOnly(stateDir: string, config: Unstable_Config): string {
  const file = join(stateDir, 'migrate.json');
  const { name, compatibility_date, d1_databases } = config;
  writeFileSync(file, JSON.stringify({ name, compatibility_date, d1_databases }));
  return file;
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
