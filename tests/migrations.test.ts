import { globSync, readFileSync } from 'node:fs';
import { getTableColumns } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { expect, test } from 'vitest';
import { unstable_splitSqlQuery } from 'wrangler';
import { TRIGGERS } from '../src/analytics/trigger-sql.ts';
import { callEvent } from '../src/db/schema/event.ts';
import { WEBHOOK_TRIGGERS } from '../src/webhooks/trigger-sql.ts';

const files = globSync('migrations/*/*.sql');

test.each(files)('%s: each trigger stands on one line, as D1 splits statements naively', (file) => {
  const triggers = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => /TRIGGER/i.test(line));
  for (const line of triggers) {
    expect(line).toMatch(
      /^CREATE TRIGGER .* BEGIN (SELECT RAISE\(ABORT, '[^']+'\)|INSERT INTO .*); END;$/,
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
  const sql = globSync('migrations/data/*_triggers.sql')
    .sort()
    .map((file) => readFileSync(file, 'utf8'));
  const kept = sql.join('\n').split('\n');
  expect(kept.filter((line) => line.startsWith('CREATE TRIGGER'))).toEqual([
    ...TRIGGERS,
    ...WEBHOOK_TRIGGERS,
  ]);
});

test('nothing drops a table, a column or a trigger: the code before must still run', () => {
  for (const file of files) expect(readFileSync(file, 'utf8')).not.toMatch(/\bDROP (?!INDEX)/i);
});
