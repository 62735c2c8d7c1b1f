import type { Context } from 'hono';
import type { StoreHealth } from '../../audio/store-health.ts';
import type { SessionReply, SessionWebhook } from '../../calls/session-types.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Log } from '../../shared/log.ts';
import { type FormParams, formParams } from '../../telephony/signature.ts';
import { apology, tryAgain } from '../../telephony/twiml-answers.ts';

export type AnswerDeps = {
  readonly clock: Clock;
  readonly log: Log;
  readonly publicBaseUrl: string;
  /** Whether prompts can be fetched at the moment. */
  readonly health?: Pick<StoreHealth, 'isAway'>;
};

/** The carrier hears an answer within a second, whatever the session is doing. */
const ANSWER_WITHIN_MS = 900;
/** Twilio's own forms are a few kilobytes. */
const MOST_BODY_BYTES = 64 * 1024;

export type Answer =
  | Exclude<SessionReply, { readonly type: 'unknown_call' }>
  | { readonly type: 'late' | 'failed' | 'gone' };

/** A request of the carrier as its signature covers it. */
export type Asked = Omit<SessionWebhook, 'kind'>;

/** The TwiML transport's one mapper: every fault becomes something the carrier can go on with. */
export function answerSafely(
  deps: AnswerDeps,
  c: Context,
  work: (asked: Asked) => Promise<Answer>,
): Promise<Answer> {
  return inTime(deps, c, async () => {
    const params = await readForm(c.req.raw);
    if (params === null) return { type: 'forbidden' };
    const signature = c.req.header('x-twilio-signature') ?? null;
    const isAudioAway = deps.health?.isAway() ?? false;
    return work({ url: webhookUrl(deps, c), params, signature, isAudioAway });
  });
}

export async function inTime(
  deps: AnswerDeps,
  c: Context,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    const late = deps.clock.sleep(ANSWER_WITHIN_MS).then(() => ({ type: 'late' }) as const);
    return await Promise.race([work(), late]);
  } catch (error) {
    deps.log('error', 'voice webhook failed', { ...refOf(c), error: String(error) });
    return { type: 'failed' };
  }
}

export function refOf(c: Context): { readonly tenantId: string; readonly callId: string } {
  return { tenantId: c.req.param('tenant') ?? '', callId: c.req.param('call') ?? '' };
}

/** What a call goes on with. `again` is where it asks when we were too slow. */
export function twimlOf(c: Context, answer: Answer, again: string): Response {
  switch (answer.type) {
    case 'answered':
      return twiml(c, answer.xml);
    case 'late':
      return twiml(c, tryAgain(again));
    case 'forbidden':
      return c.text('Forbidden', 403);
    case 'fetch':
    case 'failed':
    case 'gone':
      return twiml(c, apology());
  }
}

/** What a callback is told, whose answer nobody hears. */
export function acknowledged(c: Context, answer: Answer): Response {
  switch (answer.type) {
    case 'answered':
    case 'gone':
    case 'fetch':
      return c.body(null, 204);
    case 'forbidden':
      return c.text('Forbidden', 403);
    case 'late':
    case 'failed':
      return c.text('Try again', 503);
  }
}

/** Twilio signs the URL it was given, which is ours and not the host that was asked. */
export function webhookUrl({ publicBaseUrl }: AnswerDeps, c: Context): string {
  const asked = new URL(c.req.url);
  return `${publicBaseUrl}${asked.pathname}${asked.search}`;
}

export function twiml(c: Context, xml: string): Response {
  return c.body(xml, 200, {
    'content-type': 'text/xml; charset=utf-8',
    'cache-control': 'no-store',
  });
}

/** Null for a body that Twilio would not send; no more of it is read than Twilio's could be long. */
async function readForm(request: Request): Promise<FormParams | null> {
  const length = Number(request.headers.get('content-length') ?? 0);
  if (length > MOST_BODY_BYTES) return null;
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BODY_BYTES) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return formParams(text + decoder.decode());
}
