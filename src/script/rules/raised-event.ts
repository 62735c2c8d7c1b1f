import { triggersOf } from '../script-facts.ts';
import type { Rule } from './rule.ts';

const LISTENING_EVENTS: ReadonlySet<string> = new Set(['no-input', 'no-match', 'else', 'machine']);

/** DS227; a node with faults may lack the very action that raises the event. */
export const raisedEvent: Rule = ({ nodes }, { report }) => {
  const sound = nodes.filter((node) => !node.hasFaults);
  for (const trigger of sound.flatMap(triggersOf)) {
    if (trigger.type !== 'event' || LISTENING_EVENTS.has(trigger.event)) continue;
    report('DS227', trigger.span, `Nothing in this node raises \`${trigger.event}\`.`);
  }
};
