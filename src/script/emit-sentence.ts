import { isLivePath } from '../flow/prompts.ts';
import { collapseSpace, isSpeakable } from '../flow/sentences.ts';
import type { Format, Sentence, SentenceKind, SentencePart } from '../flow/types.ts';
import type { Template, VariableAst } from './ast.ts';
import type { Span } from './source.ts';
import { splitSentences } from './split-sentences.ts';

/** What a script says about its variables as a whole. */
export type VariableContext = {
  readonly set: ReadonlySet<string>;
  readonly defaults: ReadonlyMap<string, string>;
  readonly language: string;
  readonly timezone: string | undefined;
};
export type EmittedSentence = { readonly sentence: Sentence; readonly span: Span };

/** Sentences without anything to speak ("...") are left out. */
export function emitSentences(
  template: Template,
  context: VariableContext,
): readonly EmittedSentence[] {
  const sentences: EmittedSentence[] = [];
  for (const { template: written, span } of splitSentences(template)) {
    const parts = emitParts(written, context);
    if (!parts.some(isSpoken)) continue;
    sentences.push({ sentence: { kind: kindOf(written, context), parts }, span });
  }
  return sentences;
}

const isSpoken = (part: SentencePart) => part.type === 'variable' || isSpeakable(part.text);

export function kindOf(template: Template, { set }: VariableContext): SentenceKind {
  let kind: SentenceKind = 'static';
  for (const part of template) {
    if (part.type !== 'variable') continue;
    if (isLivePath(part.path, set)) return 'live';
    kind = 'dynamic';
  }
  return kind;
}

/** White space that cannot be heard is not kept, so it does not change the hash either. */
export function emitParts(template: Template, context: VariableContext): readonly SentencePart[] {
  const parts: SentencePart[] = [];
  for (let i = 0; i < template.length; i++) {
    const part = template[i];
    if (part?.type === 'variable') parts.push(emitVariable(part, context));
    if (part?.type !== 'text') continue;
    const text = emitText(part.text, i === 0, i === template.length - 1);
    if (text !== '') parts.push({ text, type: 'text' });
  }
  return parts;
}

function emitVariable(part: VariableAst, context: VariableContext): SentencePart {
  const { path, type } = part;
  const spare = part.default ?? context.defaults.get(path);
  if (spare === undefined && part.format === undefined) return { path, type };
  return {
    ...(spare === undefined ? {} : { default: collapseSpace(spare) }),
    ...(part.format === undefined ? {} : { format: emitFormat(part.format, context) }),
    path,
    type,
  };
}

/** Inside of a sentence a space at the edge of the text is heard as the end of a word. */
function emitText(text: string, isFirst: boolean, isLast: boolean): string {
  const words = collapseSpace(text);
  if (words.length === text.length) return words;
  const before = !isFirst && /^\s/.test(text) ? ' ' : '';
  const after = !isLast && /\s$/.test(text) ? ' ' : '';
  return words === '' ? before || after : `${before}${words}${after}`;
}

const ZONED: readonly string[] = ['date', 'time', 'weekday'];

function emitFormat(
  format: NonNullable<VariableAst['format']>,
  { language, timezone }: VariableContext,
): Format {
  const zone = ZONED.includes(format.name) && timezone !== undefined ? { zone: timezone } : {};
  return { ...format, locale: language, ...zone };
}
