import type { Span } from './source.ts';

export type InlineToken = {
  readonly kind: 'word' | 'number' | 'duration' | 'string' | 'class' | 'outcome' | 'symbol' | 'end';
  /** The raw text; of a string, what stands between its quotes. */
  readonly text: string;
  readonly span: Span;
  readonly isOpen?: boolean;
};

const IDENT = String.raw`[\p{L}_](?:[\p{L}\p{M}\p{N}_]|-(?!>)){0,63}`;
/** Curly quotes come from word processors; they mean straight ones. */
const QUOTE = '"\u201c\u201d\u201e\u201f\u2033\uff02';
const STRING = new RegExp(String.raw`[${QUOTE}]((?:\\.|[^\\${QUOTE}])*\\?)([${QUOTE}]|$)`, 'uy');
const CLASS = new RegExp(`@${IDENT}`, 'uy');
const OUTCOME = new RegExp(`#${IDENT}`, 'uy');
const DURATION = /\d+(?:\.\d+)?(?:ms|s|m|h)(?![\p{L}\p{N}_])/uy;
const NUMBER = /\d+(?:\.\d+)?/uy;
const WORD = new RegExp(String.raw`${IDENT}(?:\.${IDENT})*`, 'uy');
/** What nearly every word is; the class of all letters costs ten times as much. */
const PLAIN_WORD = /[A-Za-z_][A-Za-z0-9_]{0,63}(?![\w.\-\u0080-\uffff])/y;
const SYMBOL = /->|[=!<>]=|./suy;
const SPACE = /\s/;

export const IDENT_ONLY = new RegExp(`^${IDENT}$`, 'u');
export const PATH_ONLY = new RegExp(String.raw`^${IDENT}(?:\.${IDENT})*$`, 'u');

/** The parts of a branch or directive line; `offset` is where `text` begins in the source. */
export function tokenize(text: string, offset: number): readonly InlineToken[] {
  const tokens: InlineToken[] = [];
  let at = 0;
  while (at < text.length) {
    if (SPACE.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const token = readToken(text, at, offset);
    tokens.push(token);
    at = token.span.end - offset;
  }
  const end = offset + text.trimEnd().length;
  tokens.push({ kind: 'end', text: '', span: { start: end, end } });
  return tokens;
}

/** What a token is shows in its first character; only a number may turn out to be a duration. */
function readToken(text: string, at: number, offset: number): InlineToken {
  const first = text.charAt(at);
  if (QUOTE.includes(first)) {
    const match = matchAt(STRING, text, at);
    if (match !== null) {
      const span = { start: offset + at, end: offset + at + match[0].length };
      return { kind: 'string', text: match[1] ?? '', span, isOpen: match[2] === '' };
    }
  }
  const token = (kind: InlineToken['kind'], pattern: RegExp): InlineToken | null => {
    const found = matchAt(pattern, text, at)?.[0];
    if (found === undefined) return null;
    return { kind, text: found, span: { start: offset + at, end: offset + at + found.length } };
  };
  const marked = patternsFor(first).reduce<InlineToken | null>(
    (known, [kind, pattern]) => known ?? token(kind, pattern),
    null,
  );
  const symbol = { start: offset + at, end: offset + at + 1 };
  return marked ?? token('symbol', SYMBOL) ?? { kind: 'symbol', text: first, span: symbol };
}

type Pattern = readonly [InlineToken['kind'], RegExp];
const CLASSES: readonly Pattern[] = [['class', CLASS]];
const OUTCOMES: readonly Pattern[] = [['outcome', OUTCOME]];
const NUMBERS: readonly Pattern[] = [
  ['duration', DURATION],
  ['number', NUMBER],
];
const WORDS: readonly Pattern[] = [
  ['word', PLAIN_WORD],
  ['word', WORD],
];

function patternsFor(first: string): readonly Pattern[] {
  if (first === '@') return CLASSES;
  if (first === '#') return OUTCOMES;
  return first >= '0' && first <= '9' ? NUMBERS : WORDS;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
