import type { Token } from './normalise.ts';

const words = (text: string) => new Set(text.split(' '));
export const AUXILIARIES = words(
  'is are am was were do does did can could will would should shall has may might',
);
const SUBJECTS = words(
  'it that this you there he she they i we the my your these those any anyone someone ai',
);
const ASKING = words('what who whom whose which how why where when');
const OPENERS = words(
  'so and but well oh ok okay hi hello hey sorry yo alright um now then or sir',
);
/** "What you just said is true" asks nothing. */
const RELATIVE = words('you i he she they we knows');

/** Clauses in which the caller asks: a "right" or "good" in them is no answer. */
export function questionClauses(tokens: readonly Token[]): ReadonlySet<number> {
  const asked = new Set<number>();
  let clause = -1;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined || token.clause === clause) continue;
    if (OPENERS.has(token.text)) continue;
    clause = token.clause;
    if (asks(token.text, tokens[at + 1])) asked.add(clause);
  }
  return asked;
}

/**
 * "How do you say goodbye in French", "spell yes", "what does maybe mean": the words are talked
 * about, not said.
 */
export function isAboutWords(tokens: readonly Token[]): boolean {
  return tokens.some(({ text }, at) => {
    const next = tokens[at + 1]?.text ?? '';
    if (ABOUT_WORDS.has(text)) return true;
    if (text !== 'say' && text !== 'mean') return false;
    const before = tokens[at - 1]?.text ?? '';
    const isHow = tokens.slice(Math.max(0, at - 5), at).some((token) => token.text === 'how');
    return (
      (text === 'say' && isHow && next !== '') ||
      (text === 'mean' && before !== 'i' && isDoes(tokens, at))
    );
  });
}

/** A voicemail greeting or a network's announcement speaks to nobody in particular. */
export function isMachineTalk(tokens: readonly Token[]): boolean {
  const text = ` ${tokens.map((token) => token.text).join(' ')} `;
  return MACHINE_TALK.some((phrase) => text.includes(` ${phrase} `));
}

const MACHINE_TALK = [
  'leave a message',
  'leave your message',
  'leave me a message',
  'leave your name',
  'record your message',
  'trying to reach',
  'at the tone',
  'after the tone',
  'after the beep',
  'you have reached',
  'forwarded to',
  'not in service',
  'mailbox is full',
  'has been disconnected',
  'come to the phone',
  'thank you for calling',
];

const ABOUT_WORDS = words('spell spelled spelling define definition translate translation synonym');

const isDoes = (tokens: readonly Token[], at: number) =>
  tokens.slice(0, at).some((token) => token.text === 'does');

function asks(word: string, next: Token | undefined): boolean {
  if (next === undefined) return false;
  if (AUXILIARIES.has(word)) return SUBJECTS.has(next.text);
  if (!ASKING.has(word)) return false;
  return !RELATIVE.has(next.text) && !(word === 'why' && ['not', 'yes'].includes(next.text));
}
