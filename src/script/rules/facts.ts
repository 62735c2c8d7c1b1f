import { listens } from '../../flow/names.ts';
import type { BranchAst, NodeAst } from '../ast.ts';
import { actionOf } from '../script-facts.ts';

/** Whether a node takes this event, or `else` which takes what has no branch of its own. */
export function takes({ branches }: NodeAst, ...events: readonly string[]): boolean {
  return events.every((event) =>
    branches.some(
      ({ triggers }) =>
        triggers.length === 0 ||
        triggers.some(
          (trigger) => trigger.type === 'event' && [event, 'else'].includes(trigger.event),
        ),
    ),
  );
}

/** Whether a person has time to speak, key or hang up there. */
export function waitsForCaller(node: NodeAst): boolean {
  const action = actionOf(node);
  return action === null ? listens(node) : action.type !== 'webhook';
}

/** The words of each phrase, with the branch that they lead to. */
export function phrasesOf(node: NodeAst) {
  return node.branches.flatMap((branch: BranchAst) =>
    branch.triggers.flatMap((trigger) =>
      trigger.type === 'phrase' ? [{ text: trigger.text, span: trigger.span, branch }] : [],
    ),
  );
}
