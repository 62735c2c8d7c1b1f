import { emitSentences, kindOf } from '../emit-sentence.ts';
import { templatesOf, variableContext } from '../script-facts.ts';
import type { Rule } from './rule.ts';

/** DS234 */
export const liveSentence: Rule = (script, { report }) => {
  const context = variableContext(script);
  for (const template of templatesOf(script)) {
    if (kindOf(template, context) !== 'live') continue;
    for (const { sentence, span } of emitSentences(template, context)) {
      if (sentence.kind !== 'live') continue;
      const message =
        'This sentence is known only during the call: it is spoken then, not made before.';
      report('DS234', span, message);
    }
  }
};
