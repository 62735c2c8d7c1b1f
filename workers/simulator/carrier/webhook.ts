import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { type HttpClient, HttpFailure, type HttpReply } from './http.ts';
import { type FailureKind, readPolicy } from './overrides.ts';

export type WebhookRequest = {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly params: Readonly<Record<string, string>>;
  readonly authToken: string;
  readonly idempotencyToken: string;
};
export type WebhookOutcome = {
  /** What was asked, without fragment: relative addresses in the answer resolve against it. */
  readonly url: string;
  readonly reply: HttpReply | undefined;
  readonly failure: string | undefined;
  readonly tries: number;
  readonly ms: number;
};

/** Sends a signed webhook, with the retries that the URL's fragment asks for. */
export async function sendWebhook(
  request: WebhookRequest,
  http: HttpClient,
  now: () => number,
): Promise<WebhookOutcome> {
  const policy = readPolicy(request.url);
  const { url, init } = build(request, policy.url);
  const startedAt = now();
  for (let tries = 1; ; tries += 1) {
    const leftMs = policy.totalMs - (now() - startedAt);
    const { reply, failure, kind } = await attempt(
      http,
      url,
      init,
      Math.min(leftMs, policy.readMs),
    );
    const ms = now() - startedAt;
    const isLast = tries > policy.retries || ms >= policy.totalMs;
    if (kind === undefined || isLast || !policy.retryOn.has(kind)) {
      return { url: policy.url, reply, failure, tries, ms };
    }
  }
}

async function attempt(http: HttpClient, url: string, init: RequestInit, timeoutMs: number) {
  try {
    const reply = await http(url, init, Math.max(1, timeoutMs));
    const failure = reply.status >= 200 && reply.status < 300 ? undefined : `HTTP ${reply.status}`;
    const kind: FailureKind | undefined =
      reply.status >= 500 ? '5xx' : reply.status >= 400 ? '4xx' : undefined;
    return { reply, failure, kind };
  } catch (cause) {
    if (!(cause instanceof HttpFailure)) throw cause;
    return { reply: undefined, failure: cause.message, kind: cause.kind };
  }
}

function build(request: WebhookRequest, bareUrl: string): { url: string; init: RequestInit } {
  const { method, params, authToken, idempotencyToken } = request;
  const query = new URLSearchParams(params).toString();
  const isGet = method === 'GET';
  const url =
    isGet && query !== '' ? `${bareUrl}${bareUrl.includes('?') ? '&' : '?'}${query}` : bareUrl;
  const headers = {
    'X-Twilio-Signature': getExpectedTwilioSignature(authToken, url, isGet ? {} : { ...params }),
    'I-Twilio-Idempotency-Token': idempotencyToken,
    'User-Agent': 'TwilioProxy/1.1',
    Accept: '*/*',
  };
  if (isGet) return { url, init: { method, headers } };
  return {
    url,
    init: {
      method,
      headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' },
      body: query,
    },
  };
}
