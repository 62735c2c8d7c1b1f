import { takes } from './facts.ts';
import type { Rule } from './rule.ts';

/** DS221 */
export const unheardCaller: Rule = ({ header }, { report }) => {
  if (header.fallback !== undefined) return;
  return ({ node, action, isListening }) => {
    const hears = action === null ? isListening : action.type === 'capture';
    const misheard = action === null ? 'no-match' : 'invalid';
    if (!hears || node.hasFaults || takes(node, 'no-input', misheard)) return;
    const message = `Without \`no-input\`, \`${misheard}\` or \`else\` here, a caller who is not understood hears a goodbye.`;
    report('DS221', node.name.span, message);
  };
};
