import { CLASS_NAMES } from '../../flow/names.ts';
import { triggersOf } from '../script-facts.ts';
import { nearest } from '../suggest.ts';
import type { Rule } from './rule.ts';

/** DS203 */
export const knownClass: Rule = ({ nodes }, { report }) => {
  for (const trigger of nodes.flatMap(triggersOf)) {
    if (trigger.type !== 'class' || CLASS_NAMES.some((name) => name === trigger.name)) continue;
    const suggestion = nearest(trigger.name, CLASS_NAMES);
    report(
      'DS203',
      trigger.span,
      `\`@${trigger.name}\` is not a class.`,
      suggestion && `@${suggestion}`,
    );
  }
};
