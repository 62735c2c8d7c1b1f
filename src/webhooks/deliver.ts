import type { DeliveryTry } from '../db/schema/webhook.ts';
import type { Clock } from '../shared/clock.ts';
import type { Fetch } from '../shared/fetch.ts';
import { addressFault } from '../shared/public-address.ts';
import { retryAfterMs } from './retry-times.ts';
import { signedHeaders } from './sign.ts';

export type DeliverDeps = {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly allowsPrivate: boolean;
  /** How long a receiver may take. */
  readonly limitMs: number;
};

export type Tried = DeliveryTry & {
  /** The receiver wants no more of it, ever. */
  readonly isGone: boolean;
  readonly retryAfterMs: number | null;
};

const MOST_ANSWER_BYTES = 200;

/**
 * Posts one message, once. Public https addresses only, looked at before every try; a redirect is
 * not followed. Only a status of 200 to 299 is delivered. Never throws.
 */
export async function deliver(
  deps: DeliverDeps,
  message: {
    readonly url: string;
    readonly id: string;
    readonly payload: string;
    readonly secrets: readonly string[];
  },
): Promise<Tried> {
  const at = deps.clock.now();
  const ended = (own: Partial<Tried>): Tried => ({
    ...{ at, status: null, error: null, answer: '', isGone: false, retryAfterMs: null },
    ...own,
    ms: deps.clock.now() - at,
  });
  const refused = addressFault(message.url, deps.allowsPrivate);
  if (refused !== null) return ended({ error: refused });
  try {
    const headers = await signedHeaders(message.secrets, { ...message, at });
    const response = await deps.fetch(
      new Request(message.url, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.timeout(deps.limitMs),
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Destiny-Webhooks',
          ...headers,
        },
        body: message.payload,
      }),
    );
    const answer = await firstBytes(response);
    const { status, ok } = response;
    return ended({
      ...{ status, answer, error: ok ? null : errorOf(status), isGone: status === 410 },
      retryAfterMs: retryAfterMs(response.headers.get('retry-after'), at),
    });
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    const isLate = name === 'TimeoutError' || name === 'AbortError';
    return ended({ error: isLate ? 'timeout' : 'unreachable' });
  }
}

const errorOf = (status: number) =>
  status >= 300 && status < 400 ? 'redirect_refused' : `status_${status}`;

/** Enough to see what went wrong; a receiver that sends without end is not read. */
async function firstBytes(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  const decoder = new TextDecoder();
  let text = '';
  for (let bytes = 0; bytes < MOST_ANSWER_BYTES; ) {
    const { done, value } = await reader.read();
    if (done) return text;
    bytes += value.byteLength;
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return text.slice(0, MOST_ANSWER_BYTES);
}
