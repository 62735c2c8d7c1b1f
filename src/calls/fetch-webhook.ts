import { flattenReply } from '../flow/webhook-reply.ts';
import type { Clock } from '../shared/clock.ts';
import type { Fetch } from '../shared/fetch.ts';
import { addressFault } from '../shared/public-address.ts';
import type { FarAction } from './far-ends.ts';
import type { FetchedReply } from './session-types.ts';

export type WebhookAction = Extract<FarAction, { type: 'webhook' }>;

/** A caller waits: no answer is worth more than this. */
const LONGEST_MS = 5000;
const MOST_REPLY_BYTES = 64 * 1024;

/**
 * Asks the server that a script names and reads its JSON reply. Public https addresses only, no
 * redirect is followed; every fault is an `error` with its reason. Never throws.
 */
export async function fetchWebhook(
  deps: { readonly fetch: Fetch; readonly clock: Clock; readonly allowsPrivate: boolean },
  action: WebhookAction,
): Promise<FetchedReply> {
  const startedAt = deps.clock.now();
  const end = <T extends object>(rest: T) => ({ ...rest, ms: deps.clock.now() - startedAt });
  const refused = addressFault(action.url, deps.allowsPrivate);
  if (refused !== null) return end({ event: 'error', reason: refused } as const);
  try {
    const response = await deps.fetch(requestOf(action));
    if (!response.ok) {
      await response.body?.cancel();
      const isMoved = response.status >= 300 && response.status < 400;
      const reason = isMoved ? 'redirect_refused' : `status_${response.status}`;
      return end({ event: 'error', reason } as const);
    }
    const data = flattenReply(JSON.parse(await readText(response)));
    return end({ event: 'ok', data } as const);
  } catch (error) {
    return end({ event: 'error', reason: reasonOf(error) } as const);
  }
}

function requestOf({ method, url, timeoutMs, values }: WebhookAction): Request {
  const isPost = method === 'POST';
  return new Request(url, {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(Math.min(timeoutMs, LONGEST_MS)),
    headers: {
      accept: 'application/json',
      ...(isPost ? { 'content-type': 'application/json' } : {}),
    },
    ...(isPost ? { body: JSON.stringify(values) } : {}),
  });
}

/** An empty answer is an empty object: many servers acknowledge without words. */
async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_REPLY_BYTES) throw new TooLarge();
    text += decoder.decode(chunk, { stream: true });
  }
  return text.trim() === '' ? '{}' : text;
}

class TooLarge extends Error {}

function reasonOf(error: unknown): string {
  if (error instanceof TooLarge) return 'reply_too_large';
  if (error instanceof SyntaxError) return 'reply_not_json';
  const name = error instanceof Error ? error.name : '';
  return name === 'TimeoutError' || name === 'AbortError' ? 'timeout' : 'unreachable';
}
