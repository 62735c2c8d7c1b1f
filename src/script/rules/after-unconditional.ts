import type { Rule } from './rule.ts';

/** DS224; beside triggers such a branch is DS226 instead. */
export const afterUnconditional: Rule =
  (_, { report }) =>
  ({ node, isListening }) => {
    if (isListening) return;
    const certain = node.branches.findIndex(
      ({ guard, triggers }) => guard === null && triggers.length === 0,
    );
    if (certain < 0) return;
    for (const { span } of node.branches.slice(certain + 1)) {
      report('DS224', span, 'This branch is never taken: the one above it always is.');
    }
  };
