import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { promptsOf } from '../flow/prompts.ts';
import { FLOW_SCHEMA } from '../flow/schema.ts';
import { schemaFaults } from '../flow/schema-faults.fixture.ts';
import { compileScript } from './compile.ts';
import { renderDiagnostics } from './print-diagnostics.ts';

const FOLDER = join(import.meta.dirname, 'fixtures');
const scripts = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.destiny'))
  .sort();

// `UPDATE_GOLDEN=1 vitest -u` writes what has changed; the difference is read before it is committed.
describe.each(scripts)('%s', (path) => {
  const source = readFileSync(join(FOLDER, path), 'utf8');
  const stem = join(FOLDER, path.replace(/\.destiny$/, ''));
  const fileName = path.replace(/^.*[/\\]/, '');

  test('compiles to its golden flow', async () => {
    const { flow } = await compileScript(source, { mode: 'publish' });
    const golden = `${stem}.flow.json`;
    if (process.env.UPDATE_GOLDEN) writeFileSync(golden, JSON.stringify(flow, null, 2));
    expect(flow).toEqual(JSON.parse(readFileSync(golden, 'utf8')));
    expect(schemaFaults(FLOW_SCHEMA, flow)).toEqual([]);
    if (flow !== null) expect(promptsOf(flow).length).toBeGreaterThan(0);
  });

  test('reports its golden faults', async () => {
    const { diagnostics } = await compileScript(source, { mode: 'publish' });
    const report = `${renderDiagnostics(source, diagnostics, fileName)}\n`;
    await expect(report).toMatchFileSnapshot(`${stem}.errors.txt`);
  });
});
