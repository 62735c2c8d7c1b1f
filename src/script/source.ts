/** Offsets into the source, in UTF-16 code units; `end` is after the last one. */
export type Span = { readonly start: number; readonly end: number };
export type Name = { readonly text: string; readonly span: Span };

/** Where a span is for a person: line and column count from 1. */
export type Location = { readonly line: number; readonly column: number; readonly length: number };

/** One line without its ending; `start` is its offset in the source. */
export type Line = { readonly number: number; readonly start: number; readonly text: string };

const BOM = '\ufeff';

export function splitLines(source: string): readonly Line[] {
  const lines: Line[] = [];
  let start = source.startsWith(BOM) ? 1 : 0;
  for (let end = endOfLine(source, start); end < source.length; end = endOfLine(source, start)) {
    lines.push({ number: lines.length + 1, start, text: source.slice(start, end) });
    start = end + (source.startsWith('\r\n', end) ? 2 : 1);
  }
  lines.push({ number: lines.length + 1, start, text: source.slice(start) });
  return lines;
}

const ENDING = /[\r\n]/g;

function endOfLine(source: string, start: number): number {
  ENDING.lastIndex = start;
  return ENDING.exec(source)?.index ?? source.length;
}

export function locate(lines: readonly Line[], span: Span): Location {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((lines[middle]?.start ?? 0) <= span.start) low = middle;
    else high = middle - 1;
  }
  // The start of a text may lie before its first line: a byte order mark is on no line.
  const column = Math.max(0, span.start - (lines[low]?.start ?? 0)) + 1;
  return { line: low + 1, column, length: span.end - span.start };
}
