import type { Rule } from './rule.ts';

/** DS220 */
export const wayOut: Rule =
  (_, { report }) =>
  ({ node, isListening }) => {
    if (!node.isNamed || node.hasFaults || isListening) return;
    const { name, branches } = node;
    if (branches.length === 0) {
      const message = `The node \`${name.text}\` has no way out: add a branch, such as \`-> END\`.`;
      report('DS220', name.span, message);
    } else if (branches.every(({ guard }) => guard !== null)) {
      const message = `The node \`${name.text}\` has no way out when every \`if\` is false: add a branch without one.`;
      report('DS220', name.span, message);
    }
  };
