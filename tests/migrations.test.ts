import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getTableColumns, is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, test } from 'vitest';
import { unstable_splitSqlQuery } from 'wrangler';
import dataConfig from '../migrations/drizzle.data.config.ts';
import { TRIGGERS } from '../src/analytics/trigger-sql.ts';
import { gateTriggers } from '../src/db/gate-triggers.ts';
import { callEvent } from '../src/db/schema/event.ts';
import { WEBHOOK_TRIGGERS } from '../src/webhooks/trigger-sql.ts';

const files = globSync('migrations/*/*.sql');

test.each(files)('%s: each trigger stands on one line, as D1 splits statements naively', (file) => {
  const triggers = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => /TRIGGER/i.test(line));
  for (const line of triggers) {
    expect(line).toMatch(
      /^CREATE TRIGGER .* BEGIN (SELECT (RAISE\(ABORT, '[^']+'\)|iif\(.*\) FROM tenant_gate WHERE .*)|INSERT INTO .*); END;$/,
    );
    expect(line).not.toMatch(/\bCASE\b/i);
  }
});

test.each(files)('%s: wrangler splits it into whole statements', (file) => {
  const statements = unstable_splitSqlQuery(readFileSync(file, 'utf8'));
  expect(statements).not.toEqual([]);
  for (const statement of statements) {
    expect(statement.replace(/^(--.*\n)+/, '').trim()).toMatch(
      /^(CREATE (TABLE|(UNIQUE )?INDEX|TRIGGER)|DROP INDEX|UPDATE `\w+` SET|ALTER TABLE `\w+` ADD) /,
    );
  }
});

test('the hand-written events table has the columns and key of its schema', () => {
  const sql = readFileSync('migrations/events/0000_init.sql', 'utf8');
  const columns = [...sql.matchAll(/^\t`(\w+)` (\w+) NOT NULL/gm)].map(([, name]) => name);
  const schema = Object.values(getTableColumns(callEvent)).map(({ name }) => name);
  expect(columns).toEqual(schema);
  const [key] = getTableConfig(callEvent).primaryKeys;
  const keyColumns = key?.columns.map(({ name }) => `\`${name}\``).join(', ');
  expect(sql).toContain(`PRIMARY KEY(${keyColumns})`);
  expect(sql).toContain('WITHOUT ROWID');
});

test('the triggers of figures and webhooks are those of their definitions', () => {
  expect(triggers().filter((line) => !OF_A_MOVE.test(line))).toEqual([
    ...TRIGGERS,
    ...WEBHOOK_TRIGGERS,
  ]);
});

test('every table of a tenant has the triggers it moves by', async () => {
  const tables = (
    await Promise.all([dataConfig.schema ?? []].flat().map((file) => import(join('..', file))))
  )
    .flatMap((file) => Object.values(file))
    .filter((one) => is(one, SQLiteTable))
    .map(getTableConfig)
    .filter(({ name }) => !OF_THE_SHARD.has(name));
  expect(tables.length).toBeGreaterThan(24);
  const wanted = tables.flatMap(({ name, primaryKeys }) => {
    const [tenantId, ...key] = primaryKeys.flatMap(({ columns }) => columns.map((own) => own.name));
    expect(tenantId, name).toBe('tenant_id');
    return gateTriggers(name, key);
  });
  expect(
    triggers()
      .filter((line) => OF_A_MOVE.test(line))
      .sort(),
  ).toEqual(wanted.sort());
});

/** What the move itself writes; it stays behind. */
const OF_THE_SHARD = new Set(['tenant_gate', 'tenant_change']);

const OF_A_MOVE = /^CREATE TRIGGER (gate|note)_/;

function triggers(): string[] {
  return globSync('migrations/data/*_triggers.sql')
    .sort()
    .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
    .filter((line) => line.startsWith('CREATE TRIGGER'));
}

test('nothing drops a table, a column or a trigger: the code before must still run', () => {
  for (const file of files) expect(readFileSync(file, 'utf8')).not.toMatch(/\bDROP (?!INDEX)/i);
});
