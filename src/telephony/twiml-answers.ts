import { TwimlResponse } from './twiml-writer.ts';
import { xmlText } from './xml-text.ts';

const APOLOGY = 'We are sorry, something went wrong on our side. Please call again later. Goodbye.';

/**
 * What a caller hears when all else failed: a webhook answers this instead of an error. It names
 * no voice, since a wrong one would fail the verb.
 */
export function apology(text: string = APOLOGY): string {
  const response = new TwimlResponse();
  response.add('Say', {}, xmlText(text).trim() || APOLOGY);
  response.add('Hangup');
  return response.toString();
}

/** Turns an inbound call away unanswered and unbilled; must be the whole document. */
export function reject(reason: 'busy' | 'rejected'): string {
  const response = new TwimlResponse();
  response.add('Reject', { reason });
  return response.toString();
}

/** The session is slow: the same webhook again in a second, which it answers from its row. */
export function tryAgain(url: string): string {
  const response = new TwimlResponse();
  response.add('Pause', { length: 1 });
  response.add('Redirect', { method: 'POST' }, url);
  return response.toString();
}

/** What the call does is of no use any more: it goes on there. */
export function goOnAt(url: string): string {
  const response = new TwimlResponse();
  response.add('Redirect', { method: 'POST' }, url);
  return response.toString();
}

export function hangup(): string {
  const response = new TwimlResponse();
  response.add('Hangup');
  return response.toString();
}

/** Nothing more to do: ends a live call, acknowledges a callback. */
export function emptyResponse(): string {
  return new TwimlResponse().toString();
}
