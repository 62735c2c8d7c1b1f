import { entryOf, firstNodes } from '../script-facts.ts';
import type { Rule } from './rule.ts';

/** DS222 */
export const reachableNode: Rule = (script, { report }) => {
  const nodes = firstNodes(script);
  const { fallback, globals, machine } = script.header;
  const queue = [entryOf(script), fallback?.text, globals?.agent?.text, machine?.text];
  const seen = new Set<string>();
  for (const name of queue) {
    const node = name ? nodes.get(name) : undefined;
    if (node === undefined || seen.has(node.name.text)) continue;
    seen.add(node.name.text);
    for (const { target } of node.branches) queue.push(target.text);
  }
  for (const { name } of nodes.values()) {
    if (seen.has(name.text)) continue;
    report('DS222', name.span, `Nothing leads to the node \`${name.text}\`.`);
  }
};
