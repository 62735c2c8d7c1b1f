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
  return splitSentences(template).flatMap(({ template: parts, span }) => {
    const sentence = { kind: kindOf(parts, context), parts: emitParts(parts, context) };
    const isSpoken = sentence.parts.some(
      (part) => part.type === 'variable' || isSpeakable(part.text),
    );
    return isSpoken ? [{ sentence, span }] : [];
  });
}

export function kindOf(template: Template, { set }: VariableContext): SentenceKind {
  const paths = template.flatMap((part) => (part.type === 'variable' ? [part.path] : []));
  if (paths.length === 0) return 'static';
  return paths.some((path) => isLivePath(path, set)) ? 'live' : 'dynamic';
}

/** White space that cannot be heard is not kept, so it does not change the hash either. */
export function emitParts(template: Template, context: VariableContext): readonly SentencePart[] {
  return template.flatMap((part, i): readonly SentencePart[] => {
    if (part.type === 'variable') {
      const spare = part.default ?? context.defaults.get(part.path);
      const format = part.format === undefined ? {} : { format: emitFormat(part.format, context) };
      const variable = { type: 'variable', path: part.path, ...format } as const;
      return [spare === undefined ? variable : { ...variable, default: collapseSpace(spare) }];
    }
    const before = i > 0 && /^\s/.test(part.text) ? ' ' : '';
    const after = i < template.length - 1 && /\s$/.test(part.text) ? ' ' : '';
    const words = collapseSpace(part.text);
    const text = words === '' ? before || after : `${before}${words}${after}`;
    return text === '' ? [] : [{ type: 'text', text }];
  });
}

const ZONED: readonly string[] = ['date', 'time', 'weekday'];

function emitFormat(
  format: NonNullable<VariableAst['format']>,
  { language, timezone }: VariableContext,
): Format {
  const zone = ZONED.includes(format.name) && timezone !== undefined ? { zone: timezone } : {};
  return { ...format, locale: language, ...zone };
}
