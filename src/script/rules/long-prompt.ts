import { CHARS_A_SECOND, VARIABLE_CHARS } from '../../flow/prompt-seconds.ts';
import { utf8 } from '../../shared/bytes.ts';
import type { Template } from '../ast.ts';
import { templatesOf } from '../script-facts.ts';
import { splitSentences } from '../split-sentences.ts';
import type { Rule } from './rule.ts';

/** Google's limit for the text of one request. */
const MAX_SENTENCE_BYTES = 5000;
const MAX_PROMPT_SECONDS = 20;

/** DS230 and DS231 */
export const longPrompt: Rule = (script, { report }) => {
  const long = templatesOf(script).filter(isPerhapsLong);
  for (const sentence of long.flatMap(splitSentences)) {
    const bytes = utf8(textOf(sentence.template)).length;
    if (bytes <= MAX_SENTENCE_BYTES) continue;
    const message = `This sentence has ${bytes} bytes, more than the ${MAX_SENTENCE_BYTES} that can be made at once: it is split.`;
    report('DS230', sentence.span, message);
  }
  return ({ node: { name, statements } }) => {
    let chars = 0;
    for (const one of statements) if (one.type === 'speech') chars += lengthOf(one.template);
    const seconds = Math.round((chars / CHARS_A_SECOND) * slowness(script.header.speed));
    if (seconds <= MAX_PROMPT_SECONDS) return;
    const message = `This prompt takes about ${seconds} seconds: callers listen to ${MAX_PROMPT_SECONDS}.`;
    report('DS231', name.span, message);
  };
};

/** Measured only where it may matter: a UTF-16 unit is three bytes at most. */
const isPerhapsLong = (template: Template) => lengthOf(template) * 3 > MAX_SENTENCE_BYTES;

const slowness = (speed = 1) => 1 / speed;

const textOf = (template: Template) =>
  template.map((part) => (part.type === 'text' ? part.text : '')).join('');

const lengthOf = (template: Template) =>
  template.reduce(
    (sum, part) => sum + (part.type === 'text' ? part.text.length : VARIABLE_CHARS),
    0,
  );
