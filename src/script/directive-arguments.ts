import type { Template } from './ast.ts';
import { Cursor } from './cursor.ts';
import type { Report } from './diagnostic.ts';
import { parseTemplate } from './parse-template.ts';
import type { Name, Span } from './source.ts';
import { tokenize } from './tokens.ts';

/** One `@name args` line while it is read. */
export type DirectiveLine = {
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  readonly cursor: Cursor;
  /** The arguments as they were written, for those that are no tokens. */
  readonly raw: string;
  readonly rawStart: number;
  readonly report: Report;
};

const UNIT_MS = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/** directive = "@" , name , args , EOL ; `text` begins at the `@`. */
export function readDirective(text: string, offset: number, report: Report): DirectiveLine {
  const [word = '@'] = /^@\S*/.exec(text) ?? [];
  const start = offset + word.length;
  return {
    name: word.slice(1),
    nameSpan: { start: offset, end: start },
    span: { start: offset, end: offset + text.trimEnd().length },
    raw: text.slice(word.length).trim(),
    rawStart: start + text.slice(word.length).search(/\S|$/),
    cursor: new Cursor(tokenize(text.slice(word.length), start)),
    report,
  };
}

/** Reports what was expected instead of the token that stands there. */
export function refuse({ name, cursor, report }: DirectiveLine, expected: string): null {
  const { token } = cursor;
  if (token.isOpen === true) report('DS120', token.span, 'This quote is not closed.');
  else report('DS111', token.span, `\`@${name}\` expects ${expected}.`);
  return null;
}

export function expectEnd(line: DirectiveLine): void {
  const { token } = line.cursor;
  if (token.kind === 'end') return;
  if (token.isOpen === true) refuse(line, '');
  else line.report('DS111', token.span, `\`@${line.name}\` takes nothing after this.`);
}

export function takeDuration(line: DirectiveLine, minMs: number, maxMs: number, expected: string) {
  const { token } = line.cursor;
  const [, amount, unit = ''] = /^([\d.]+)(\D+)$/.exec(token.text) ?? [];
  const ms = Math.round(Number(amount) * (UNIT_MS.get(unit) ?? Number.NaN));
  if (token.kind !== 'duration' || !(ms >= minMs && ms <= maxMs)) return refuse(line, expected);
  line.cursor.advance();
  return ms;
}

export function takeNumber(line: DirectiveLine, min: number, max: number, expected: string) {
  const { token } = line.cursor;
  const value = Number(token.text);
  if (token.kind !== 'number' || value < min || value > max) return refuse(line, expected);
  line.cursor.advance();
  return value;
}

export function takeName(line: DirectiveLine, expected: string): Name | null {
  const token = line.cursor.takeIdent();
  return token === null ? refuse(line, expected) : { text: token.text, span: token.span };
}

/** Text in quotes, with variables in it. */
export function takeTemplate(line: DirectiveLine, expected: string): Template | null {
  const token = line.cursor.token.isOpen === true ? null : line.cursor.take('string');
  if (token === null) return refuse(line, expected);
  return parseTemplate(token.text, token.span.start + 1, line.report).map((part) =>
    part.type === 'text' ? { ...part, text: part.text.replace(/\\(.)/g, '$1') } : part,
  );
}
