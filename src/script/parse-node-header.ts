import { END, EVENT_NAMES, REPEAT } from '../flow/names.ts';
import type { NodeAst } from './ast.ts';
import type { Report } from './diagnostic.ts';
import { IDENT_ONLY } from './tokens.ts';

const RESERVED: ReadonlySet<string> = new Set([
  END,
  REPEAT,
  'if',
  'and',
  'or',
  'not',
  'true',
  'false',
  'contains',
  ...EVENT_NAMES,
]);

/**
 * node = "[" , ident , "]" , EOL , ...
 * A header with a fault still begins a node, so that the lines below it have a home.
 */
export function parseNodeHeader(
  text: string,
  offset: number,
  line: number,
  report: Report,
): NodeAst {
  const close = text.indexOf(']');
  const inside = text.slice(1, close < 0 ? undefined : close);
  const name = inside.trim();
  const start = offset + 1 + inside.length - inside.trimStart().length;
  const span = { start, end: start + name.length };
  const lineEnd = offset + text.trimEnd().length;
  if (close < 0) {
    report('DS101', { start: offset, end: lineEnd }, 'A node header ends with `]`.');
  } else if (text.slice(close + 1).trim() !== '') {
    const rest = { start: offset + close + 1, end: lineEnd };
    report('DS101', rest, 'Nothing may follow the `]` of a node header.');
  }
  const isNamed = isGoodName(name);
  if (!isNamed && (close >= 0 || name === '')) reportName(name, span, offset, report);
  return {
    name: { text: name, span },
    line,
    isNamed,
    statements: [],
    branches: [],
    hasFaults: false,
  };
}

function isGoodName(name: string): boolean {
  return (/^[a-z]\w{0,63}$/i.test(name) || IDENT_ONLY.test(name)) && !RESERVED.has(name);
}

function reportName(
  name: string,
  span: { readonly start: number; readonly end: number },
  offset: number,
  report: Report,
): void {
  if (name === '') {
    report('DS102', { start: offset, end: offset + 1 }, 'This node has no name.');
  } else if (RESERVED.has(name)) {
    report('DS102', span, `\`${name}\` has a meaning of its own and cannot name a node.`);
  } else {
    const message = `\`${name}\` cannot name a node: begin with a letter or \`_\`, then up to 63 letters, digits, \`_\` or \`-\`.`;
    report('DS102', span, message, suggestName(name));
  }
}

function suggestName(name: string): string | null {
  const tidy = name.replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '_').replace(/^[^\p{L}_]+/u, '');
  return tidy !== name && isGoodName(tidy) ? tidy : null;
}
