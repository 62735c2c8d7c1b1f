import { listens } from '../../flow/names.ts';
import type { Rule } from './rule.ts';

/** DS220 */
export const wayOut: Rule = ({ nodes }, { report }) => {
  for (const node of nodes) {
    if (!node.isNamed || node.hasFaults || listens(node)) continue;
    const { name, branches } = node;
    if (branches.length === 0) {
      const message = `The node \`${name.text}\` has no way out: add a branch, such as \`-> END\`.`;
      report('DS220', name.span, message);
    } else if (branches.every(({ guard }) => guard !== null)) {
      const message = `The node \`${name.text}\` has no way out when every \`if\` is false: add a branch without one.`;
      report('DS220', name.span, message);
    }
  }
};
