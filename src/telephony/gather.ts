import type { Effect } from '../flow/types.ts';
import type { TwimlAttributes } from './twiml-writer.ts';
import { xmlText } from './xml-text.ts';

export type Listen = Extract<Effect, { type: 'listen' }>;

/** Twilio takes 500 hints of 100 characters; the total keeps the document small. */
const HINTS_MAX = 500;
const HINT_CHARS_MAX = 100;
const HINTS_CHARS_MAX = 4000;

/** The attributes of the `<Gather>` that waits for this node's keys or words. */
export function gatherAttributes(listen: Listen, actionUrl: string): TwimlAttributes {
  const { keys, maxDigits, speech, bargeIn, language, timeoutMs } = listen;
  // With nothing to listen for, keys still end the wait early and come back as no match.
  const takesKeys = keys.length > 0 || maxDigits > 0 || !speech;
  const hints = speech ? joinHints(listen.hints) : '';
  return {
    input: takesKeys ? (speech ? ['dtmf', 'speech'] : ['dtmf']) : ['speech'],
    action: actionUrl,
    method: 'POST',
    // Without it silence would fall through to the next verb and never reach the flow.
    actionOnEmptyResult: true,
    timeout: wholeSeconds(timeoutMs),
    bargeIn,
    ...(takesKeys ? { finishOnKey: finishOnKey(keys) } : {}),
    ...(takesKeys && maxDigits > 0 ? { numDigits: maxDigits } : {}),
    ...(speech ? { speechTimeout: 'auto', language } : {}),
    ...(hints === '' ? {} : { hints }),
  };
}

/** Twilio counts in whole seconds and takes 0 for its own default or for none. */
export function wholeSeconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}

/** A key that ends the input is not reported, so it must not be one that the node takes. */
function finishOnKey(keys: readonly string[]): string {
  const isSingleKeys = keys.length > 0 && keys.every((key) => key.length === 1);
  return isSingleKeys || keys.some((key) => /[#*]/.test(key)) ? '' : '#';
}

function joinHints(hints: readonly string[]): string {
  let joined = '';
  for (const hint of hints.slice(0, HINTS_MAX)) {
    const clean = xmlText(hint)
      .replace(/[\s,]+/g, ' ')
      .trim()
      .slice(0, HINT_CHARS_MAX);
    const next = joined === '' ? clean : `${joined},${clean}`;
    if (next.length > HINTS_CHARS_MAX) break;
    if (clean !== '') joined = next;
  }
  return xmlText(joined);
}
