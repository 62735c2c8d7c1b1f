import { collectFaults } from './diagnostic.ts';
import { parseBranch } from './parse-branch.ts';
import { type InlineToken, tokenize } from './tokens.ts';

/** `->1 ,"a":x#y if b` -> `-> 1, "a": x #y if b` */
export function formatBranch(text: string): string {
  const { faults, report } = collectFaults();
  const branch = parseBranch(text.slice(2), 2, { start: 0, end: text.length }, report);
  if (branch === null || faults.length > 0) return text;
  const tokens = tokenize(text.slice(2), 2);
  const colon = tokens.findIndex((token) => token.kind === 'symbol' && token.text === ':');
  const rest = spaced(tokens.slice(colon + 1), text);
  if (colon < 0) return `-> ${rest}`;
  return `-> ${spaced(tokens.slice(0, colon), text)}: ${rest}`;
}

/** One blank after the name; what follows is kept but for `@set`, which is an expression. */
export function formatDirective(text: string): string {
  const [, name = '', args = ''] = /^(@\S+)\s*(.*)$/s.exec(text) ?? [];
  if (args === '') return text;
  if (name !== '@set') return `${name} ${args}`;
  const tokens = tokenize(args, 0);
  const isWhole = tokens.every(({ isOpen }) => isOpen !== true);
  return isWhole ? `${name} ${spaced(tokens, args)}` : `${name} ${args}`;
}

const CLOSING = new Set([',', ')']);

/** Tokens with one blank between them, as they were written but for curly quotes. */
function spaced(tokens: readonly InlineToken[], source: string): string {
  let line = '';
  let before = '';
  for (const { kind, text, span } of tokens) {
    if (kind === 'end') break;
    const word = kind === 'string' ? quote(text) : source.slice(span.start, span.end);
    const isTight = line === '' || (kind === 'symbol' && CLOSING.has(text)) || before === '(';
    line += isTight ? word : ` ${word}`;
    before = kind === 'symbol' ? text : '';
  }
  return line;
}

const quote = (text: string) => `"${text}"`;
