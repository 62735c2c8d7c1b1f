import { firstNodes } from '../script-facts.ts';
import type { Rule } from './rule.ts';

/** DS103 */
export const duplicateNode: Rule = (script, { report }) => {
  const nodes = firstNodes(script);
  return ({ node }) => {
    const { name, isNamed, line } = node;
    const first = nodes.get(name.text);
    if (!isNamed || first === undefined || first === node) return;
    const message = `The node \`${name.text}\` is defined on line ${first.line} and again on line ${line}.`;
    report('DS103', name.span, message);
  };
};
