import type { Rule } from './rule.ts';

/** DS226 */
export const mixedBranches: Rule =
  (_, { report }) =>
  ({ node, isListening }) => {
    if (!isListening) return;
    for (const { triggers, target, span } of node.branches) {
      if (triggers.length > 0) continue;
      const message = `This node listens, so this branch needs a trigger: use \`-> else: ${target.text}\`.`;
      report('DS226', span, message);
    }
  };
