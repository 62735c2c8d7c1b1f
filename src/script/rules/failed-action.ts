import { takes } from './facts.ts';
import type { Rule } from './rule.ts';

const TRANSFER_FAILURES = ['busy', 'no-answer', 'failed'];

/** DS240 and DS241 */
export const failedAction: Rule =
  (_, { report }) =>
  ({ node, action }) => {
    if (action?.type === 'transfer') {
      const missing = TRANSFER_FAILURES.filter((event) => !takes(node, event));
      if (missing.length === 0) return;
      const events = missing.map((event) => `\`${event}\``).join(', ');
      report('DS240', action.span, `This \`@transfer\` has no branch for ${events}.`);
    }
    if (action?.type === 'webhook' && !takes(node, 'error')) {
      report('DS241', action.span, 'This `@webhook` has no branch for `error`.');
    }
  };
