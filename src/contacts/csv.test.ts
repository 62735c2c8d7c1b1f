import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8 } from '../shared/bytes.ts';
import { readChunk, readFormat } from './csv.ts';

/** Reads a whole file in chunks of so many bytes, growing where a row is longer. */
function readInChunks(
  file: Uint8Array,
  size: number,
  encoding: 'utf-8' | 'windows-1252' = 'utf-8',
) {
  const format = readFormat(file, encoding);
  const rows: { line: number; cells: readonly string[]; fault: string | null }[] = [];
  let line = 1 + format.headerLines;
  let most = size;
  for (let at = format.headerBytes; at < file.length; ) {
    const isLast = at + most >= file.length;
    const chunk = readChunk(file.slice(at, at + most), format, line, isLast);
    most = chunk.bytes === 0 ? most + size : size;
    rows.push(...chunk.rows);
    at += chunk.bytes;
    line += chunk.lines;
  }
  return { format, rows };
}

test.each([
  { name: 'comma and LF', text: 'a,b\n1,2\n3,4\n', delimiter: ',', newline: '\n' },
  { name: 'semicolon and CRLF', text: 'a;b\r\n1;2\r\n3;4\r\n', delimiter: ';', newline: '\r\n' },
  { name: 'tab and CR', text: 'a\tb\r1\t2\r3\t4', delimiter: '\t', newline: '\r' },
  { name: 'a byte order mark', text: '\uFEFFa,b\n1,2\n3,4', delimiter: ',', newline: '\n' },
])('$name', ({ text, delimiter, newline }) => {
  const { format, rows } = readInChunks(utf8(text), 1000);
  expect(format).toMatchObject({ delimiter, newline, columns: ['a', 'b'] });
  expect(rows).toEqual([
    { line: 2, cells: ['1', '2'], fault: null },
    { line: 3, cells: ['3', '4'], fault: null },
  ]);
});

test('quotes, separators and line breaks in cells keep their place and their line', () => {
  const text = 'a,b\n"x, ""y""","two\nlines"\n\nlast,1\n';
  for (let size = 1; size < 40; size++) {
    expect(readInChunks(utf8(text), size).rows).toEqual([
      { line: 2, cells: ['x, "y"', 'two\nlines'], fault: null },
      { line: 5, cells: ['last', '1'], fault: null },
    ]);
  }
});

test('windows-1252 is read by its own letters', () => {
  const file = Uint8Array.from([...utf8('a,b\nZo'), 0xeb, ...utf8(',1\n')]);
  expect(readInChunks(file, 3, 'windows-1252').rows[0]?.cells).toEqual(['Zoë', '1']);
});

test.each([
  ['UTF-16', Uint8Array.from([0xff, 0xfe, 97, 0])],
  ['a spreadsheet', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0])],
  ['nothing', new Uint8Array()],
  ['a header alone without an end', utf8('a,b')],
  ['a column twice', utf8('a,a\n1,2\n')],
])('%s is refused with what to do', (_, file) => {
  expect(() => readFormat(file, 'utf-8')).toThrow(/;|must/);
});

test('a row with too many cells is told of, and stops no other', () => {
  const { rows } = readInChunks(utf8('a,b\n1,2,3\n4,5\n'), 1000);
  expect(rows.map(({ line, fault }) => [line, fault === null])).toEqual([
    [2, false],
    [3, true],
  ]);
});

test('however a file is cut, the same rows come out', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', '😀', ',', '"', '\n', ' ') });
  const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(table, fc.integer({ min: 1, max: 40 }), (rows, size) => {
      const quoted = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join());
      const file = utf8(`a,b\n${quoted.join('\n')}\n`);
      const read = readInChunks(file, size).rows;
      expect(read.map(({ cells }) => cells)).toEqual(rows);
    }),
    { numRuns: 150 },
  );
});
