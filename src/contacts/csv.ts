import Papa from 'papaparse';
import type { CsvFormat } from '../db/schema/import.ts';
import { utf8 } from '../shared/bytes.ts';
import { DestinyError } from '../shared/errors.ts';

export type CsvRow = {
  /** The line of the file on which it begins; the header is line 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Why it cannot be read; null when it can. */
  readonly fault: string | null;
};
export type CsvChunk = {
  readonly rows: readonly CsvRow[];
  /** Bytes that the rows took; the next chunk begins behind them. */
  readonly bytes: number;
  readonly lines: number;
};

const DELIMITERS: readonly CsvFormat['delimiter'][] = [',', ';', '\t', '|'];
const BOM = '\uFEFF';

/** How a file is written, from its first bytes. Refuses what is no text or has no header. */
export function readFormat(head: Uint8Array, encoding: CsvFormat['encoding']): CsvFormat {
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (isUtf16 || head.includes(0)) {
    throw unreadable('The file is not plain text; save it as "CSV UTF-8" and send it again.');
  }
  const text = decode(head, encoding);
  const bare = text.startsWith(BOM) ? text.slice(1) : text;
  const end = headerEnd(bare);
  const header = bare.slice(0, end);
  const newline = /^(\r\n|\n|\r)/.exec(bare.slice(end))?.[0] as CsvFormat['newline'] | undefined;
  const readings = DELIMITERS.map((delimiter) => ({
    delimiter,
    cells: rowsOf(header, { delimiter, newline: newline ?? '\n' }).data[0] ?? [],
  }));
  const { delimiter, cells } = readings.reduce((best, one) =>
    one.cells.length > best.cells.length ? one : best,
  );
  const columns = cells.map((name) => name.trim());
  if (newline === undefined || columns.every((name) => name === '')) {
    throw unreadable('The file has no header and rows; the first line must name the columns.');
  }
  const twice = columns.find((name, i) => name !== '' && columns.indexOf(name) !== i);
  if (twice !== undefined) {
    throw unreadable(`The column "${twice}" stands twice in the header; name each differently.`);
  }
  return {
    ...{ encoding, delimiter, newline, columns },
    headerBytes: bytesOf(text.slice(0, text.length - bare.length + end), encoding) + newline.length,
    headerLines: 1 + newlinesIn(cells),
  };
}

/** The place of the first line break outside of quotes; the length when there is none. */
function headerEnd(text: string): number {
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') isQuoted = !isQuoted;
    if (!isQuoted && (text[i] === '\n' || text[i] === '\r')) return i;
  }
  return text.length;
}

function rowsOf(
  text: string,
  how: Pick<CsvFormat, 'delimiter' | 'newline'>,
  isLast = true,
): Papa.ParseResult<string[]> {
  return new Papa.Parser(how).parse(text, 0, !isLast) as Papa.ParseResult<string[]>;
}

/**
 * The whole rows at the start of `bytes`, which begin at line `line`. A row that goes on behind the
 * chunk is left for the next; a chunk without one whole row answers no bytes.
 */
export function readChunk(
  bytes: Uint8Array,
  format: CsvFormat,
  line: number,
  isLast: boolean,
): CsvChunk {
  const { delimiter, newline, encoding } = format;
  const text = decode(bytes, encoding);
  const { data, errors, meta } = rowsOf(text, { delimiter, newline }, isLast);
  const faults = new Map(errors.map((error) => [error.row ?? 0, error.message]));
  const rows: CsvRow[] = [];
  let at = line;
  for (const [i, cells] of data.entries()) {
    const isEmpty = cells.length === 1 && (cells[0] ?? '').trim() === '';
    if (!isEmpty) rows.push({ line: at, cells, fault: faultOf(cells, format, faults.get(i)) });
    at += 1 + newlinesIn(cells);
  }
  const used = isLast ? text.length : meta.cursor;
  return {
    rows,
    bytes: isLast ? bytes.length : bytesOf(text.slice(0, used), encoding),
    lines: at - line,
  };
}

function faultOf(cells: readonly string[], format: CsvFormat, quoting?: string): string | null {
  if (quoting !== undefined) return `The quotes of the row are broken: ${quoting}.`;
  if (cells.length <= format.columns.length) return null;
  return `The row has ${cells.length} cells, the header ${format.columns.length}; put quotes around a cell with a separator in it.`;
}

/** A character that the chunk cuts in two is left out. */
function decode(bytes: Uint8Array, encoding: CsvFormat['encoding']): string {
  return new TextDecoder(encoding, { fatal: false, ignoreBOM: true }).decode(bytes, {
    stream: encoding === 'utf-8',
  });
}

function bytesOf(text: string, encoding: CsvFormat['encoding']): number {
  return encoding === 'utf-8' ? utf8(text).length : text.length;
}

function newlinesIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
}

function unreadable(message: string): DestinyError {
  return new DestinyError('invalid_input', message);
}
