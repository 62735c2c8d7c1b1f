import { isAction } from '../script-facts.ts';
import type { Rule } from './rule.ts';

/** DS112 */
export const actionOrder: Rule =
  (_, { report }) =>
  ({ node, action }) => {
    if (action === null) return;
    for (const statement of node.statements.slice(node.statements.indexOf(action) + 1)) {
      if (statement.type === 'bargein') continue;
      const message = isAction(statement)
        ? `This node waits for \`@${action.type}\` already: give \`@${statement.type}\` a node of its own.`
        : `\`@${action.type}\` comes last before the branches: nothing after it would run.`;
      report('DS112', statement.span, message);
    }
  };
