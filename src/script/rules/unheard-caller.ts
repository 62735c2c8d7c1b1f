import { listens } from '../../flow/names.ts';
import { actionOf } from '../script-facts.ts';
import { takes } from './facts.ts';
import type { Rule } from './rule.ts';

/** DS221 */
export const unheardCaller: Rule = ({ header, nodes }, { report }) => {
  if (header.fallback !== undefined) return;
  for (const node of nodes) {
    const action = actionOf(node);
    const hears = action === null ? listens(node) : action.type === 'capture';
    const misheard = action === null ? 'no-match' : 'invalid';
    if (!hears || node.hasFaults || takes(node, 'no-input', misheard)) continue;
    const message = `Without \`no-input\`, \`${misheard}\` or \`else\` here, a caller who is not understood hears a goodbye.`;
    report('DS221', node.name.span, message);
  }
};
