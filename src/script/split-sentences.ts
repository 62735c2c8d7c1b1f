import type { Template } from './ast.ts';
import type { Span } from './source.ts';

export type SentenceAst = { readonly template: Template; readonly span: Span };

/** Stands for one variable while the text around it is searched. */
const SLOT = '\ufffc';

/** After these a full stop does not end a sentence. */
const ABBREVIATIONS = new Set(
  `dr mr mrs ms prof st jr sr rev gen col sgt capt lt gov hon no vs etc inc ltd co corp dept apt
   ave blvd rd ext approx est min max jan feb mar apr jun jul aug sep sept oct nov dec
   mon tue tues wed thu thur thurs fri sat sun`.split(/\s+/),
);

/** Longer words are no abbreviations. */
const MAX_WORD_CHARS = 24;

/**
 * Cuts after `.`, `?` or `!` where a capital, a quote or a variable begins what follows: the shorter
 * the pieces, the more of their audio calls share.
 */
export function splitSentences(template: Template): readonly SentenceAst[] {
  const flat = template
    .map((part) => (part.type === 'text' ? part.text.replaceAll(SLOT, ' ') : SLOT))
    .join('');
  if (!STOP.test(flat)) return cutAt(template, [flat.length]);
  const cuts: number[] = [];
  for (const match of flat.matchAll(
    /(?<![.?!])[.?!]+["')\]\u201d\u2019]*\s+(?=["'(\u201c\u2018\p{Lu}\ufffc])/gu,
  )) {
    if (!isAbbreviation(flat, match.index)) cuts.push(match.index + match[0].length);
  }
  return cutAt(template, [...cuts, flat.length]);
}

/** A stop with something after it; most lines have none. */
const STOP = /[.?!]["')\]\u201d\u2019]*\s/;
const WORD_LETTER = /[\p{L}\p{N}.\ufffc]/u;

function isAbbreviation(text: string, stop: number): boolean {
  if (text.charAt(stop) !== '.') return false;
  const least = Math.max(0, stop - MAX_WORD_CHARS);
  let start = stop;
  while (start > least && WORD_LETTER.test(text.charAt(start - 1))) start -= 1;
  const word = text.slice(start, stop);
  if (/^\p{Lu}$/u.test(word) && word !== 'I') return true;
  return ABBREVIATIONS.has(word.toLowerCase()) || /^(?:\p{L}\.)+\p{L}$/u.test(word);
}

/** `ends` are places of the flat text, in which a variable is one character long. */
function cutAt(template: Template, ends: readonly number[]): readonly SentenceAst[] {
  const sentences: SentenceAst[] = [];
  let index = 0;
  let partStart = 0;
  let from = 0;
  for (const to of ends) {
    const parts: Template[number][] = [];
    for (let part = template[index]; part !== undefined && partStart < to; part = template[index]) {
      const length = part.type === 'text' ? part.text.length : 1;
      const end = Math.min(to - partStart, length);
      parts.push(
        part.type === 'variable' ? part : cutText(part, Math.max(from - partStart, 0), end),
      );
      if (end < length) break;
      index += 1;
      partStart += length;
    }
    from = to;
    const span = { start: parts[0]?.span.start ?? 0, end: parts.at(-1)?.span.end ?? 0 };
    if (parts.length > 0) sentences.push({ template: parts, span });
  }
  return sentences;
}

function cutText(part: Extract<Template[number], { type: 'text' }>, start: number, end: number) {
  const text = part.text.slice(start, end);
  const from = part.span.start + start + text.length - text.trimStart().length;
  const to = Math.min(part.span.end, part.span.start + end - (text.length - text.trimEnd().length));
  return { ...part, text, span: { start: Math.min(from, to), end: to } };
}
