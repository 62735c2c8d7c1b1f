import { entryOf, START } from '../script-facts.ts';
import type { Rule } from './rule.ts';

/** DS201 */
export const entryNode: Rule = (script, { report }) => {
  const entry = entryOf(script);
  if (entry === START) return;
  const first = script.nodes.find((node) => node.name.text === entry);
  if (first === undefined) {
    report('DS201', { start: 0, end: 0 }, 'The script has no nodes: begin one with `[start]`.');
  } else {
    const message = `No node is called \`start\`: the conversation begins at \`${entry}\`.`;
    report('DS201', first.name.span, message);
  }
};
