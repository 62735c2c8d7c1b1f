import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DIAGNOSTIC_CLASSES } from './codes.ts';
import { compileScript } from './compile.ts';

const REFERENCE = readFileSync(join(import.meta.dirname, '../../docs/destiny-script.md'), 'utf8');
const EXAMPLES = [...REFERENCE.matchAll(/```destiny\n(.*?)```/gs)].map(([, text = '']) => text);

test('the reference has examples', () => expect(EXAMPLES.length).toBeGreaterThan(0));

test.each(EXAMPLES)('an example of the reference can be published: %s', async (source) => {
  const { diagnostics } = await compileScript(source, { mode: 'publish' });
  expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
});

test('the reference names every code with its class', () => {
  const rows = [...REFERENCE.matchAll(/^\| (DS[^|]+?)\s*\|.*\|\s*([EWIP])\s*\|$/gm)];
  const named = rows.flatMap(([, codes = '', kind]) =>
    codes.split(',').map((code): [string, string | undefined] => [code.trim(), kind]),
  );
  expect(Object.fromEntries(named)).toEqual(DIAGNOSTIC_CLASSES);
});
