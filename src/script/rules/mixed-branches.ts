import { listens } from '../../flow/names.ts';
import type { Rule } from './rule.ts';

/** DS226 */
export const mixedBranches: Rule = ({ nodes }, { report }) => {
  for (const node of nodes.filter(listens)) {
    for (const { triggers, target, span } of node.branches) {
      if (triggers.length > 0) continue;
      const message = `This node listens, so this branch needs a trigger: use \`-> else: ${target.text}\`.`;
      report('DS226', span, message);
    }
  }
};
