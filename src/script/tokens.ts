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
const RULES: readonly (readonly [InlineToken['kind'], RegExp])[] = [
  ['string', new RegExp(String.raw`[${QUOTE}]((?:\\.|[^\\${QUOTE}])*\\?)([${QUOTE}]|$)`, 'uy')],
  ['class', new RegExp(`@${IDENT}`, 'uy')],
  ['outcome', new RegExp(`#${IDENT}`, 'uy')],
  ['duration', /\d+(?:\.\d+)?(?:ms|s|m|h)(?![\p{L}\p{N}_])/uy],
  ['number', /\d+(?:\.\d+)?/uy],
  ['word', new RegExp(String.raw`${IDENT}(?:\.${IDENT})*`, 'uy')],
  ['symbol', /->|[=!<>]=|./suy],
];

export const IDENT_ONLY = new RegExp(`^${IDENT}$`, 'u');
export const PATH_ONLY = new RegExp(String.raw`^${IDENT}(?:\.${IDENT})*$`, 'u');

/** The parts of a branch or directive line; `offset` is where `text` begins in the source. */
export function tokenize(text: string, offset: number): readonly InlineToken[] {
  const tokens: InlineToken[] = [];
  let at = 0;
  while (at < text.length) {
    const space = /\s*/y;
    space.lastIndex = at;
    at += space.exec(text)?.[0].length ?? 0;
    if (at >= text.length) break;
    const token = readToken(text, at, offset);
    tokens.push(token);
    at = token.span.end - offset;
  }
  const end = offset + text.trimEnd().length;
  return [...tokens, { kind: 'end', text: '', span: { start: end, end } }];
}

function readToken(text: string, at: number, offset: number): InlineToken {
  for (const [kind, pattern] of RULES) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) continue;
    const span = { start: offset + at, end: offset + at + match[0].length };
    if (kind !== 'string') return { kind, text: match[0], span };
    return { kind, text: match[1] ?? '', span, isOpen: match[2] === '' };
  }
  return {
    kind: 'symbol',
    text: text.charAt(at),
    span: { start: offset + at, end: offset + at + 1 },
  };
}
