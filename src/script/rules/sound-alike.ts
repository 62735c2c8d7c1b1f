import { soundOf } from '../../flow/sound.ts';
import { KEY_SOUNDS } from '../../flow/words.ts';
import type { NodeAst } from '../ast.ts';
import type { Rule } from './rule.ts';

const MAX_PHRASES = 200;

/** DS213; branches to the same node may sound alike. */
export const soundAlike: Rule =
  (_, { report }) =>
  (facts) => {
    if (facts.phrases.length === 0) return;
    const phrases = facts.phrases.slice(0, MAX_PHRASES);
    const seen = new Map<string, { readonly text: string; readonly target: string }>();
    for (const { phrase, branch } of phrases) {
      const { text, tokens: words, span } = phrase;
      const [only = ''] = words;
      const key = words.length === 1 ? (KEY_SOUNDS.get(only) ?? null) : null;
      const target = branch.target.text;
      if (key !== null && isTakenElsewhere(key, facts.node, target)) {
        report('DS213', span, `"${text}" sounds like key ${key}, which leads elsewhere.`);
      }
      if (phrases.length === 1) continue;
      const sound = words.map((word) => soundOf(word) || word).join(' ');
      const other = seen.get(sound);
      if (other === undefined) seen.set(sound, { text, target });
      else if (other.target !== target && other.text !== text) {
        report('DS213', span, `"${text}" sounds like "${other.text}", which leads elsewhere.`);
      }
    }
  };

function isTakenElsewhere(key: string, { branches }: NodeAst, target: string): boolean {
  const taker = branches.findLast(({ triggers }) =>
    triggers.some((trigger) => trigger.type === 'key' && trigger.key === key),
  );
  return taker !== undefined && taker.target.text !== target;
}
