import { CLASS_NAMES } from '../../flow/names.ts';
import { nearest } from '../suggest.ts';
import type { Rule } from './rule.ts';

/** DS203 */
export const knownClass: Rule = ({ header }, { report }) => {
  const known: readonly string[] = [...CLASS_NAMES, ...header.keywords.keys()];
  return ({ triggers }) => {
    for (const trigger of triggers) {
      if (trigger.type !== 'class' || known.includes(trigger.name)) continue;
      const suggestion = nearest(trigger.name, known);
      const message = `\`@${trigger.name}\` is not a class.`;
      report('DS203', trigger.span, message, suggestion && `@${suggestion}`);
    }
  };
};
