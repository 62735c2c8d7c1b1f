import type { InlineToken } from './tokens.ts';

/** Walks the tokens of one line; the last one, `end`, is never passed. */
export class Cursor {
  readonly tokens: readonly InlineToken[];
  private at = 0;

  constructor(tokens: readonly InlineToken[]) {
    this.tokens = tokens;
  }

  get token(): InlineToken {
    return this.tokens[this.at] ?? NOTHING;
  }

  get isAtEnd(): boolean {
    return this.token.kind === 'end';
  }

  advance(): InlineToken {
    const token = this.token;
    if (token.kind !== 'end') this.at += 1;
    return token;
  }

  take(kind: InlineToken['kind']): InlineToken | null {
    return this.token.kind === kind ? this.advance() : null;
  }

  takeSymbol(...texts: readonly string[]): InlineToken | null {
    const { kind, text } = this.token;
    return kind === 'symbol' && texts.includes(text) ? this.advance() : null;
  }

  takeWord(...texts: readonly string[]): InlineToken | null {
    const { kind, text } = this.token;
    return kind === 'word' && texts.includes(text) ? this.advance() : null;
  }

  /** A word without the dots of a path. */
  takeIdent(): InlineToken | null {
    return this.token.kind === 'word' && !this.token.text.includes('.') ? this.advance() : null;
  }

  takePath(): InlineToken | null {
    return this.take('word');
  }
}

const NOTHING: InlineToken = { kind: 'end', text: '', span: { start: 0, end: 0 } };
