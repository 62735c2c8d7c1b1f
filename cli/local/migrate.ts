import { join } from 'node:path';
import { ROOT, runWrangler } from './wrangler.ts';

const DATABASES = [
  'destiny-control',
  'destiny-data-0',
  'destiny-data-1',
  'destiny-events-0',
  'destiny-events-1',
];

/** Applies what is missing, by the same command and files as in production. */
export async function migrate(stateDir: string): Promise<void> {
  await Promise.all(
    DATABASES.map((database) =>
      runWrangler(
        [
          ...['d1', 'migrations', 'apply', database, '--local'],
          ...['-c', join(ROOT, 'wrangler.toml'), '--persist-to', join(stateDir, 'store')],
        ],
        join(stateDir, 'logs', `migrate-${database}.log`),
      ),
    ),
  );
}
