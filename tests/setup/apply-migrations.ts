import { applyD1Migrations, type D1Migration } from 'cloudflare:test';
import { env } from 'cloudflare:workers';

type Migrated = Record<`${'CONTROL' | 'DATA' | 'EVENTS'}${string}`, D1Database> & {
  TEST_MIGRATIONS: Record<'control' | 'data' | 'events', D1Migration[]>;
};

const { CONTROL, DATA_0, DATA_1, EVENTS_0, EVENTS_1, TEST_MIGRATIONS } = env as unknown as Migrated;

for (const [database, migrations] of [
  [CONTROL, TEST_MIGRATIONS.control],
  [DATA_0, TEST_MIGRATIONS.data],
  [DATA_1, TEST_MIGRATIONS.data],
  [EVENTS_0, TEST_MIGRATIONS.events],
  [EVENTS_1, TEST_MIGRATIONS.events],
] as const) {
  if (database !== undefined) await applyD1Migrations(database, migrations);
}
