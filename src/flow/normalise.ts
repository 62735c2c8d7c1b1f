import { CONTRACTIONS, FILLERS, NUMBER_WORDS, TENS_WORDS } from './words.ts';

/** `clause` counts the breaks before the token: a "not" reaches no further than its clause. */
export type Token = { readonly text: string; readonly clause: number };

const MAX_CHARS = 1000;
const CLAUSE_WORDS = new Set(['but', 'and', 'because']);

/** What was said, as comparable words: lower case, contractions apart, numbers as digits. */
export function normalise(text: string): readonly Token[] {
  const tokens = joinNumbers(expandAll(split(text)));
  const kept = tokens.filter((token) => !FILLERS.has(token.text));
  return kept.length > 0 ? kept : tokens;
}

export function normalisePhrase(text: string): readonly string[] {
  return normalise(text).map((token) => token.text);
}

function split(text: string): readonly Token[] {
  const plain = text
    .slice(0, MAX_CHARS)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u2018\u2019\u02bc\u00b4`]/g, "'")
    .replace(/\b(?:m+[\s-]*h+m+|(?:uh|um|mm+|ah)[\s-]*huh)\b/g, ' uhhuh ')
    .replace(/\bn?uh[\s-]+n?uh\b/g, ' uhuh ');
  const tokens: Token[] = [];
  let clause = 0;
  for (const [piece] of plain.matchAll(/[\p{L}\p{M}\p{N}]+(?:'[\p{L}]+)*|[,.?!;:]/gu)) {
    const isBreak = /^[,.?!;:]$/.test(piece);
    if (isBreak || CLAUSE_WORDS.has(piece)) clause += 1;
    if (!isBreak) tokens.push({ text: piece, clause });
  }
  return tokens;
}

function expandAll(tokens: readonly Token[]): readonly Token[] {
  return tokens.flatMap(({ text, clause }) => expand(text).map((word) => ({ text: word, clause })));
}

function expand(word: string): readonly string[] {
  const known = CONTRACTIONS.get(word);
  if (known !== undefined) return known;
  const apostrophe = word.lastIndexOf("'");
  if (apostrophe < 0) return [word];
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
    } else if (token.text === 'hundred' && last !== undefined && /^[1-9]$/.test(last.text)) {
      joined[joined.length - 1] = { ...last, text: String(Number(last.text) * 100) };
    } else {
      const value = ten ?? unit;
      joined.push(value === undefined ? token : { ...token, text: String(value) });
    }
    tens = ten === undefined ? null : token;
  }
  return joined;
}
