import type { TriggerAst } from '../ast.ts';
import type { Rule } from './rule.ts';

/** DS211; the same trigger may come again after a branch whose guard can refuse it. */
export const duplicateTrigger: Rule =
  (_, { report }) =>
  ({ node: { branches } }) => {
    const taken = new Set<string>();
    for (const { triggers, guard } of branches) {
      const own: string[] = [];
      for (const trigger of triggers) {
        const key = keyOf(trigger);
        if (taken.has(key)) {
          report('DS211', trigger.span, `${nameOf(trigger)} is a trigger of this node already.`);
        } else own.push(key);
        taken.add(key);
      }
      if (guard !== null) for (const key of own) taken.delete(key);
    }
  };

function keyOf(trigger: TriggerAst): string {
  if (trigger.type !== 'phrase') return nameOf(trigger);
  return `"${trigger.tokens.join(' ')}`;
}

function nameOf(trigger: TriggerAst): string {
  switch (trigger.type) {
    case 'key':
      return `Key ${trigger.key}`;
    case 'phrase':
      return `"${trigger.text}"`;
    case 'class':
      return `\`@${trigger.name}\``;
    case 'event':
      return `\`${trigger.event}\``;
  }
}
