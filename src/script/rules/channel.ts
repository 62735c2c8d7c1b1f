import type { Rule } from './rule.ts';

const NEEDS_VOICE: readonly string[] = ['transfer', 'voicemail'];
/** Carriers act on a message of one of these words alone; no script ever sees it. */
const CARRIER_WORDS = [
  'stop',
  'stopall',
  'unsubscribe',
  'cancel',
  'end',
  'quit',
  'revoke',
  'optout',
];
const ASKED_FOR = new RegExp(
  String.raw`\b(?:reply|text|send|answer|type|respond|write)\s+(?:with\s+)?["'\u201c]?(${CARRIER_WORDS.join('|')})\b`,
  'giu',
);

/** "Reply STOP to opt out" is what carriers want to be said, and what they themselves obey. */
const OPTS_OUT = /^\W*(?:to|for|and|if)\b[^.!?]*\b(?:opt|unsubscribe|stop|more|messages|texts)\b/iu;

/** DS260 and DS261; a script that does not name `sms` is spoken only. */
export const channelFit: Rule = ({ header }, { report }) => {
  if (!header.channels?.some(({ name }) => name === 'sms')) return;
  return ({ node, triggers }) => {
    for (const statement of node.statements) {
      if (NEEDS_VOICE.includes(statement.type)) {
        report(
          'DS260',
          statement.span,
          `\`@${statement.type}\` needs a voice: text messages lack it.`,
        );
      }
      if (statement.type !== 'speech') continue;
      for (const part of statement.template) {
        if (part.type !== 'text') continue;
        for (const match of part.text.matchAll(ASKED_FOR)) {
          if (OPTS_OUT.test(part.text.slice(match.index + match[0].length))) continue;
          const start = part.span.start + match.index;
          const word = (match[1] ?? '').toUpperCase();
          const message = `Carriers keep ${word} for themselves: ask for another word.`;
          report('DS261', { start, end: start + match[0].length }, message);
        }
      }
    }
    for (const trigger of triggers) {
      const [word = '', ...rest] = trigger.type === 'phrase' ? trigger.tokens : [];
      if (rest.length > 0 || !CARRIER_WORDS.includes(word)) continue;
      const message = `Carriers keep ${word.toUpperCase()} for themselves: no text message with it arrives.`;
      report('DS261', trigger.span, message);
    }
  };
};
