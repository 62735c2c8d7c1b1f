import { triggersOf } from '../script-facts.ts';
import type { Rule } from './rule.ts';

const LISTENING_EVENTS: ReadonlySet<string> = new Set(['no-input', 'no-match', 'else', 'machine']);

/** DS227 */
export const raisedEvent: Rule = ({ nodes }, { report }) => {
  for (const trigger of nodes.flatMap(triggersOf)) {
    if (trigger.type !== 'event' || LISTENING_EVENTS.has(trigger.event)) continue;
    report('DS227', trigger.span, `Nothing in this node raises \`${trigger.event}\`.`);
  }
};
