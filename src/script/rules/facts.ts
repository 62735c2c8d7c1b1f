import { listens } from '../../flow/names.ts';
import type { BranchAst, NodeAst, TriggerAst } from '../ast.ts';
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

type Phrase = Extract<TriggerAst, { type: 'phrase' }> & { readonly branch: BranchAst };

/** Each phrase with the branch that it leads to. */
export function phrasesOf(node: NodeAst): readonly Phrase[] {
  const phrases: Phrase[] = [];
  for (const branch of node.branches) {
    for (const trigger of branch.triggers) {
      if (trigger.type === 'phrase') phrases.push({ ...trigger, branch });
    }
  }
  return phrases;
}
