import { lookUp } from './expression.ts';
import { speakValue } from './speak/speak-value.ts';
import type { Sentence, SentencePart, VariablePart, Variables } from './types.ts';

/**
 * The text of a sentence, used both when speech is made ahead and during the call: the two must be
 * equal to the byte, or the audio made is never found. Text without a letter or digit is empty.
 */
export function renderSentence(
  sentence: Sentence,
  variables: Variables,
): { readonly text: string; readonly missing: readonly string[] } {
  const missing: string[] = [];
  const words = sentence.parts.map((part) => {
    if (part.type === 'text') return part.text;
    const value = variableText(part, variables);
    if (value === null) missing.push(part.path);
    return value ?? '';
  });
  const text = collapseSpace(words.join(''));
  return { text: isSpeakable(text) ? text : '', missing };
}

const UNEVEN_SPACE = /\s\s|[^\S ]/;

export function collapseSpace(text: string): string {
  return (UNEVEN_SPACE.test(text) ? text.replace(/\s+/g, ' ') : text).trim();
}

export function isSpeakable(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

export function variablesOf(parts: readonly SentencePart[]): readonly VariablePart[] {
  return parts.filter((part) => part.type === 'variable');
}

/** An empty contact field is a missing one: nobody wants to hear "Hi , this is". */
function variableText(part: VariablePart, variables: Variables): string | null {
  const value = lookUp(variables, part.path);
  const text = value === null ? '' : String(value).trim();
  if (text === '') return part.default ?? null;
  return part.format === undefined ? text : speakValue(part.format, text);
}
