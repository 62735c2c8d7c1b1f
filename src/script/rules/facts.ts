import { listens } from '../../flow/names.ts';
import type { NodeAst, TriggerAst } from '../ast.ts';
import { actionOf } from '../script-facts.ts';
import type { NodeFacts } from './rule.ts';

export function factsOf(node: NodeAst): NodeFacts {
  const triggers: TriggerAst[] = [];
  const phrases: NodeFacts['phrases'][number][] = [];
  for (const branch of node.branches) {
    for (const trigger of branch.triggers) {
      triggers.push(trigger);
      if (trigger.type === 'phrase') phrases.push({ phrase: trigger, branch });
    }
  }
  return { node, action: actionOf(node), isListening: listens(node), triggers, phrases };
}

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
