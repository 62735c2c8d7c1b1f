import { NUMBER_WORDS } from '../../flow/words.ts';
import type { StatementAst } from '../ast.ts';
import type { Span } from '../source.ts';
import type { Rule } from './rule.ts';

const OFFER = /\bpress(?:ing)?\s+(?:the\s+)?(?:key\s+|number\s+)?(\d+|star|pound|hash|[a-z]+)/giu;
const SIGNS = new Map([
  ['star', '*'],
  ['pound', '#'],
  ['hash', '#'],
]);

/** DS232; looks only where the words name a key, not at "press any key". */
export const offeredKey: Rule =
  (_, { report }) =>
  ({ node, action, isListening, triggers }) => {
    if (!isListening || action !== null) return;
    for (const statement of node.statements) {
      for (const { key, span } of offersIn(statement)) {
        if (triggers.some((trigger) => trigger.type === 'key' && trigger.key === key)) continue;
        report('DS232', span, `No branch of this node takes key ${key}.`);
      }
    }
  };

function offersIn(statement: StatementAst) {
  if (statement.type !== 'speech') return [];
  const offers: { readonly key: string; readonly span: Span }[] = [];
  for (const part of statement.template) {
    if (part.type !== 'text') continue;
    OFFER.lastIndex = 0;
    for (let match = OFFER.exec(part.text); match !== null; match = OFFER.exec(part.text)) {
      const key = keyOf((match[1] ?? '').toLowerCase());
      const start = part.span.start + match.index;
      if (key !== null) offers.push({ key, span: { start, end: start + match[0].length } });
    }
  }
  return offers;
}

function keyOf(word: string): string | null {
  if (/^\d+$/.test(word)) return word;
  const number = NUMBER_WORDS.get(word);
  return number === undefined ? (SIGNS.get(word) ?? null) : String(number);
}
