import { matchSpeech } from '../match.ts';
import { collapseSpace, isSpeakable } from '../sentences.ts';
import type { Action, Trigger, Value } from '../types.ts';
import { readDate, readDateKeys } from './read-date.ts';
import { readDigits, readNumber } from './read-number.ts';
import { readTime, readTimeKeys } from './read-time.ts';

export type Capture = Extract<Action, { type: 'capture' }>;
export type Heard = { readonly type: 'speech' | 'dtmf'; readonly text: string };

export const MAX_CAPTURED_CHARS = 500;

/** The value that a caller gave, or null when it is not of the kind asked for. */
export function readCapture(capture: Capture, heard: Heard, now: number, zone: string): Value {
  const isKeys = heard.type === 'dtmf';
  const text = isKeys ? heard.text.replace(/#$/, '') : heard.text;
  switch (capture.kind) {
    case 'digits': {
      const digits = isKeys ? text : readDigits(text);
      const isLong =
        capture.digits === undefined ? digits !== '' : digits.length === capture.digits;
      return isLong && /^\d+$/.test(digits) ? digits : null;
    }
    case 'date':
      return isKeys ? readDateKeys(text, now, zone) : readDate(text, now, zone);
    case 'time':
      return isKeys ? readTimeKeys(text) : readTime(text);
    case 'number':
      return isKeys ? keyedNumber(text) : readNumber(text);
    case 'yesno':
      return isKeys ? keyedAnswer(text) : spokenAnswer(text);
    case 'text':
      return isKeys || !isSpeakable(text) ? null : collapseSpace(text).slice(0, MAX_CAPTURED_CHARS);
  }
}

/** What the keys can be at most; 0 where keys say nothing. */
export function keysOf({ kind, digits }: Capture): number {
  switch (kind) {
    case 'digits':
      return digits ?? 20;
    case 'date':
      return 8;
    case 'time':
      return 4;
    case 'number':
      return 15;
    case 'yesno':
      return 1;
    case 'text':
      return 0;
  }
}

/** The star is the decimal point. */
function keyedNumber(text: string): number | null {
  return /^\d+(?:\*\d+)?$/.test(text) ? Number(text.replace('*', '.')) : null;
}

function keyedAnswer(text: string): boolean | null {
  return text === '1' ? true : text === '2' ? false : null;
}

const named = (name: 'yes' | 'no'): { readonly triggers: readonly Trigger[] } => ({
  triggers: [{ type: 'class', name }],
});
const ANSWERS = [named('yes'), named('no')];

function spokenAnswer(text: string): boolean | null {
  const match = matchSpeech(ANSWERS, text);
  return match === null ? null : match.option === 0;
}
