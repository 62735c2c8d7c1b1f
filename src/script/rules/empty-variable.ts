import { writtenTemplatesOf } from '../script-facts.ts';
import type { Rule } from './rule.ts';

/** DS133; once for a variable, where it first stands. */
export const emptyVariable: Rule = (script, { report, contacts }) => {
  if (contacts === null) return;
  const seen = new Set<string>();
  for (const part of writtenTemplatesOf(script).flat()) {
    if (part.type !== 'variable' || part.default !== undefined || seen.has(part.path)) continue;
    seen.add(part.path);
    const count = contacts.empty.get(part.path) ?? 0;
    if (count === 0 || script.header.defaults.has(part.path)) continue;
    const message = `\`{{${part.path}}}\` is empty for ${count} of ${contacts.total} contacts and has no default: they are not called.`;
    report('DS133', part.span, message);
  }
};
