import { triggersOf } from '../script-facts.ts';
import type { Rule } from './rule.ts';

/** DS214 */
export const shadowedKey: Rule = ({ nodes }, { report }) => {
  for (const node of nodes) {
    const keys = triggersOf(node).filter((trigger) => trigger.type === 'key');
    for (const { key, span } of keys) {
      const shorter = keys.find((other) => other.key !== key && key.startsWith(other.key));
      if (shorter === undefined) continue;
      const message = `Key ${key} can never match: key ${shorter.key} is taken first.`;
      report('DS214', span, message);
    }
  }
};
