import { isOfHours } from '../../flow/names.ts';
import type { ActionAst } from '../ast.ts';
import type { Rule } from './rule.ts';

/** What listening and each action can raise, besides what can come anywhere. */
const RAISED: Readonly<Record<ActionAst['type'] | 'listening', readonly string[]>> = {
  listening: ['no-input', 'no-match'],
  capture: ['ok', 'invalid', 'no-input'],
  transfer: ['answered', 'busy', 'no-answer', 'failed'],
  voicemail: ['ok', 'no-input'],
  webhook: ['ok', 'error'],
};

const ALWAYS = ['else', 'machine'];

/** DS227; a node with faults may lack the very action that raises the event. */
export const raisedEvent: Rule =
  ({ header }, { report }) =>
  ({ node, action, triggers }) => {
    if (node.hasFaults) return;
    const raised = RAISED[action?.type ?? 'listening'];
    for (const trigger of triggers) {
      if (trigger.type !== 'event') continue;
      if (isOfHours(trigger)) {
        if (header.hours !== undefined) continue;
        report('DS227', trigger.span, `Without \`@hours\` the script is always open.`);
      } else if (!ALWAYS.includes(trigger.event) && !raised.includes(trigger.event)) {
        report('DS227', trigger.span, `Nothing in this node raises \`${trigger.event}\`.`);
      }
    }
  };
