import type { Rule } from './rule.ts';

/** DS103 */
export const duplicateNode: Rule = (_, { report }) => {
  const seen = new Map<string, number>();
  return ({ node: { name, isNamed, line } }) => {
    if (!isNamed) return;
    const first = seen.get(name.text);
    if (first === undefined) seen.set(name.text, line);
    else {
      const message = `The node \`${name.text}\` is defined on line ${first} and again on line ${line}.`;
      report('DS103', name.span, message);
    }
  };
};
