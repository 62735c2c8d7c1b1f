import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import papa from 'papaparse';
import { expect, test } from 'vitest';
import { csvLine } from '../../src/shared/csv-line.ts';
import { seeded } from './random.ts';

/** What a spreadsheet takes for a formula: https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const PIECES = [
  ...[
    '=',
    '+',
    '-',
    '@',
    '\t',
    '\r',
    '\n',
    '\r\n',
    '＝',
    '＋',
    '－',
    '＠',
    '"',
    "'",
    ',',
    ';',
    '|',
  ],
  ...['cmd', ' ', '1', 'SUM(A1)', 'HYPERLINK("http://evil.test")', '\u0000', '\uFEFF', 'é', '{}'],
];

test('10,000 hostile lines: every cell is read back whole, and none is a formula', () => {
  const random = seeded(4180);
  for (let i = 0; i < 10_000; i++) {
    const cells = Array.from({ length: 1 + random.below(4) }, () =>
      Array.from({ length: random.below(5) }, () => random.pick(PIECES)).join(''),
    );
    const { data } = papa.parse<string[]>(csvLine(['header']) + csvLine(cells), {
      delimiter: ',',
      newline: '\r\n',
    });
    const read = data[1] ?? [];
    expect(read.filter((cell) => FORMULA.test(cell))).toEqual([]);
    expect(read.map((cell, n) => (cell === cells[n] ? cell : cell.slice(1)))).toEqual(cells);
  }
});

test('every file of CSV that the product writes goes through it', () => {
  const cwd = resolve(import.meta.dirname, '../..');
  const writers = globSync('src/**/*.ts', { cwd })
    .filter((file) => !file.includes('.test.'))
    .map((file) => ({ file, text: readFileSync(resolve(cwd, file), 'utf8') }))
    .filter(({ text }) => /name: ['`][^'`]*\.csv['`]/.test(text));
  expect(writers.map(({ file }) => file).toSorted()).toEqual([
    'src/calls/export-calls.ts',
    'src/campaigns/campaign-results.ts',
    'src/contacts/import-result.ts',
  ]);
  expect(writers.filter(({ text }) => !/enqueue\(utf8\(csvLine\(/.test(text))).toEqual([]);
});
