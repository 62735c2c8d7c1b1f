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
    if (isSpace(text, at)) {
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

function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x20 || ((code < 0x20 || code > 0x7e) && SPACE.test(text.charAt(at)));
}

/** What a token is shows in its first character; only a number may turn out to be a duration. */
function readToken(text: string, at: number, offset: number): InlineToken {
  const first = text.charAt(at);
  if (first === '@') return readMarked('class', CLASS, text, at, offset);
  if (first === '#') return readMarked('outcome', OUTCOME, text, at, offset);
  if (first >= '0' && first <= '9') {
    const end = endOf(DURATION, text, at);
    if (end >= 0) return tokenOf('duration', text, at, end, offset);
    return tokenOf('number', text, at, endOf(NUMBER, text, at), offset);
  }
  if (QUOTE.includes(first)) return readString(text, at, offset);
  const plain = endOf(PLAIN_WORD, text, at);
  if (plain >= 0) return tokenOf('word', text, at, plain, offset);
  return readMarked('word', WORD, text, at, offset);
}

/** A symbol when it is not what its first character promises. */
function readMarked(
  kind: InlineToken['kind'],
  pattern: RegExp,
  text: string,
  at: number,
  offset: number,
): InlineToken {
  const end = endOf(pattern, text, at);
  if (end >= 0) return tokenOf(kind, text, at, end, offset);
  return tokenOf('symbol', text, at, endOf(SYMBOL, text, at), offset);
}

function readString(text: string, at: number, offset: number): InlineToken {
  STRING.lastIndex = at;
  const [whole, inside = '', close] = STRING.exec(text) ?? [];
  if (whole === undefined) return tokenOf('symbol', text, at, at + 1, offset);
  const span = { start: offset + at, end: offset + at + whole.length };
  return { kind: 'string', text: inside, span, isOpen: close === '' };
}

function tokenOf(
  kind: InlineToken['kind'],
  text: string,
  start: number,
  end: number,
  offset: number,
): InlineToken {
  const span = { start: offset + start, end: offset + end };
  return { kind, text: text.slice(start, end), span };
}

/** Where a match that begins at `at` ends; -1 without one. A test makes no match object. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}
