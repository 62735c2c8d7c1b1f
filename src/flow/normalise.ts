import { CONTRACTIONS, FILLERS, NUMBER_WORDS, TENS_WORDS } from './words.ts';

/** `clause` counts the breaks before the token: a "not" reaches no further than its clause. */
export type Token = { readonly text: string; readonly clause: number };

const MAX_CHARS = 1000;
const CLAUSE_WORDS = new Set(['but', 'and', 'because']);

/** What was said, as comparable words: lower case, contractions apart, numbers as digits. */
export function normalise(text: string): readonly Token[] {
  const tokens = joinNumbers(split(text));
  const kept = tokens.filter((token) => !FILLERS.has(token.text));
  return kept.length > 0 ? kept : tokens;
}

export function normalisePhrase(text: string): readonly string[] {
  return normalise(text).map((token) => token.text);
}

const ASCII = /^[\x20-\x5f\x61-\x7e]*$/;
const PIECE = /[\p{L}\p{M}\p{N}]+(?:'[\p{L}]+)*|[,.?!;:]/gu;
/** The same of text that is known to be ASCII and lower case. */
const ASCII_PIECE = /[a-z0-9]+(?:'[a-z]+)*|[,.?!;:]/g;

function split(text: string): readonly Token[] {
  const short = text.slice(0, MAX_CHARS);
  const isAscii = ASCII.test(short);
  const plain = isAscii
    ? short.toLowerCase()
    : short
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\u2018\u2019\u02bc\u00b4`]/g, "'");
  const tokens: Token[] = [];
  let clause = 0;
  for (const [piece] of joinGrunts(plain).matchAll(isAscii ? ASCII_PIECE : PIECE)) {
    const isBreak = BREAKS.has(piece);
    if (isBreak || CLAUSE_WORDS.has(piece)) clause += 1;
    if (!isBreak) expandInto(tokens, piece, clause);
  }
  return tokens;
}

const BREAKS = new Set(',.?!;:');

/** "Mm-hmm" and "uh huh" are a word each, and so is the "uh uh" that means the reverse. */
function joinGrunts(text: string): string {
  if (!/hm|h[\s-]*n?[hu]|m[\s-]*h/.test(text)) return text;
  return text
    .replace(/\b(?:m+[\s-]*h+m+|(?:uh|um|mm+|ah)[\s-]*huh)\b/g, ' uhhuh ')
    .replace(/\bn?uh[\s-]+n?uh\b/g, ' uhuh ');
}

function expandInto(tokens: Token[], word: string, clause: number): void {
  const words = expand(word);
  if (words === null) tokens.push({ text: word, clause });
  else for (const text of words) tokens.push({ text, clause });
}

/** Null when the word stands for itself. */
function expand(word: string): readonly string[] | null {
  const known = CONTRACTIONS.get(word);
  if (known !== undefined) return known;
  const apostrophe = word.lastIndexOf("'");
  if (apostrophe < 0) return null;
  if (word.endsWith("n't")) return [word.slice(0, -3), 'not'];
  const head = word.slice(0, apostrophe).replaceAll("'", '');
  const tail = SUFFIXES.get(word.slice(apostrophe + 1));
  return tail === undefined ? [head] : [head, tail];
}

const SUFFIXES = new Map([
  ['m', 'am'],
  ['re', 'are'],
  ['ll', 'will'],
  ['ve', 'have'],
  ['d', 'would'],
]);

/** "twenty five" -> 25, "two hundred" -> 200; single words too, so that both sides agree. */
function joinNumbers(tokens: readonly Token[]): readonly Token[] {
  const joined: Token[] = [];
  let tens: Token | null = null;
  for (const token of tokens) {
    const unit = NUMBER_WORDS.get(token.text);
    const ten = TENS_WORDS.get(token.text);
    const last = joined.at(-1);
    if (tens !== null && last !== undefined && unit !== undefined && unit > 0 && unit < 10) {
      joined[joined.length - 1] = { ...last, text: String(Number(last.text) + unit) };
    } else if (token.text === 'hundred' && last !== undefined && /^(?:[1-9]|a)$/.test(last.text)) {
      joined[joined.length - 1] = { ...last, text: String((Number(last.text) || 1) * 100) };
    } else {
      const value = ten ?? unit;
      joined.push(value === undefined ? token : { ...token, text: String(value) });
    }
    tens = ten === undefined ? null : token;
  }
  return joined;
}
