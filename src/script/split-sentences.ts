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

/**
 * Cuts after `.`, `?` or `!` where a capital, a quote or a variable begins what follows: the shorter
 * the pieces, the more of their audio calls share.
 */
export function splitSentences(template: Template): readonly SentenceAst[] {
  const flat = template
    .map((part) => (part.type === 'text' ? part.text.replaceAll(SLOT, ' ') : SLOT))
    .join('');
  const cuts = [0];
  for (const match of flat.matchAll(
    /[.?!]+["')\]\u201d\u2019]*\s+(?=["'(\u201c\u2018\p{Lu}\ufffc])/gu,
  )) {
    if (!isAbbreviation(flat, match.index)) cuts.push(match.index + match[0].length);
  }
  return cuts.flatMap((start, i) => cut(template, start, cuts[i + 1] ?? flat.length) ?? []);
}

function isAbbreviation(text: string, stop: number): boolean {
  if (text.charAt(stop) !== '.') return false;
  const [word = ''] = /[\p{L}\p{N}.\ufffc]*$/u.exec(text.slice(Math.max(0, stop - 24), stop)) ?? [];
  if (/^\p{Lu}$/u.test(word) && word !== 'I') return true;
  return ABBREVIATIONS.has(word.toLowerCase()) || /^(?:\p{L}\.)+\p{L}$/u.test(word);
}

/** The parts between two places of the flat text, in which a variable is one character long. */
function cut(template: Template, from: number, to: number): SentenceAst | null {
  const parts: Template[number][] = [];
  let at = 0;
  for (const part of template) {
    const length = part.type === 'text' ? part.text.length : 1;
    const start = Math.max(from - at, 0);
    const end = Math.min(to - at, length);
    at += length;
    if (start >= end) continue;
    parts.push(part.type === 'variable' ? part : cutText(part, start, end));
  }
  const first = parts[0];
  const last = parts.at(-1);
  if (first === undefined || last === undefined) return null;
  return { template: parts, span: { start: first.span.start, end: last.span.end } };
}

function cutText(part: Extract<Template[number], { type: 'text' }>, start: number, end: number) {
  const text = part.text.slice(start, end);
  const from = part.span.start + start + text.length - text.trimStart().length;
  const to = Math.min(part.span.end, part.span.start + end - (text.length - text.trimEnd().length));
  return { ...part, text, span: { start: Math.min(from, to), end: to } };
}
