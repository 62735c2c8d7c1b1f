import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DIAGNOSTIC_CLASSES } from './codes.ts';
import { type CompileOptions, compileScript } from './compile.ts';
import { renderDiagnostics } from './print-diagnostics.ts';

const FOLDER = join(import.meta.dirname, 'fixtures/diagnostics');
const CODES = readdirSync(FOLDER).sort();

/** What some faults are only known by. */
const OPTIONS: Readonly<Record<string, CompileOptions>> = {
  DS132: { knownVariables: ['firstName', 'lastName'] },
  DS133: { contacts: { total: 40, empty: new Map([['nickname', 12]]) } },
};

test('every code has a script that is faulty and one that is mended', () =>
  expect(CODES).toEqual(Object.keys(DIAGNOSTIC_CLASSES)));

describe.each(CODES)('%s', (code) => {
  const compile = async (name: string) => {
    const source = readFileSync(join(FOLDER, code, name), 'utf8');
    const options: CompileOptions = { mode: 'publish', ...OPTIONS[code] };
    return { source, ...(await compileScript(source, options)) };
  };

  test('is reported to the letter', async () => {
    const { source, diagnostics } = await compile('bad.script');
    const report = `${renderDiagnostics(source, diagnostics, 'bad.script')}\n`;
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
    await expect(report).toMatchFileSnapshot(join(FOLDER, code, 'report.txt'));
  });

  test('is gone when the script is mended', async () => {
    const { ok, diagnostics } = await compile('mended.script');
    expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).not.toContain(code);
    expect(ok).toBe(true);
  });
});
