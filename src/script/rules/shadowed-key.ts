import type { Rule } from './rule.ts';

const MAX_KEY_DIGITS = 32;

/** DS214 */
export const shadowedKey: Rule =
  (_, { report }) =>
  ({ triggers }) => {
    if (!triggers.some((trigger) => trigger.type === 'key' && trigger.key.length > 1)) return;
    const own = triggers.filter((trigger) => trigger.type === 'key');
    const keys = new Set(own.map(({ key }) => key));
    for (const { key, span } of own) {
      const shorter = beginnings(key).find((beginning) => keys.has(beginning));
      if (shorter === undefined) continue;
      report('DS214', span, `Key ${key} can never match: key ${shorter} is taken first.`);
    }
  };

function beginnings(key: string): readonly string[] {
  const count = Math.min(key.length, MAX_KEY_DIGITS) - 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => key.slice(0, i + 1));
}
