import type { Rule } from './rule.ts';

/** More phrases than anybody writes by hand are not compared with each other. */
const MAX_PHRASES = 200;

/** DS212 */
export const innerPhrase: Rule =
  (_, { report }) =>
  (facts) => {
    if (facts.phrases.length < 2) return;
    const phrases = facts.phrases
      .slice(0, MAX_PHRASES)
      .map(({ phrase: { text, tokens, span }, branch }) => {
        return { text, span, branch, key: ` ${tokens.join(' ')} ` };
      });
    for (const { key, text, span, branch } of phrases) {
      const longer = phrases.find(
        (other) => other.branch !== branch && other.key !== key && other.key.includes(key),
      );
      if (longer === undefined) continue;
      const message = `"${text}" is part of "${longer.text}", which wins when all of it is said.`;
      report('DS212', span, message);
    }
  };
