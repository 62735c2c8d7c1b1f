import { CLASS_NAMES } from '../../flow/names.ts';
import { triggersOf } from '../script-facts.ts';
import { nearest } from '../suggest.ts';
import type { Rule } from './rule.ts';

/** DS203 */
export const knownClass: Rule = ({ header, nodes }, { report }) => {
  const known: readonly string[] = [...CLASS_NAMES, ...header.keywords.keys()];
  for (const trigger of nodes.flatMap(triggersOf)) {
    if (trigger.type !== 'class' || known.includes(trigger.name)) continue;
    const suggestion = nearest(trigger.name, known);
    report(
      'DS203',
      trigger.span,
      `\`@${trigger.name}\` is not a class.`,
      suggestion && `@${suggestion}`,
    );
  }
};
