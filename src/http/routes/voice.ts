import { type Context, Hono } from 'hono';
import type { SessionReply, SessionWebhook } from '../../calls/session-types.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Log } from '../../shared/log.ts';
import { type FormParams, formParams } from '../../telephony/signature.ts';
import { apology, tryAgain } from '../../telephony/twiml-answers.ts';

export type VoiceRouteDeps = {
  readonly clock: Clock;
  readonly log: Log;
  readonly publicBaseUrl: string;
  readonly session: (
    tenantId: string,
    callId: string,
  ) => { webhook(webhook: SessionWebhook): Promise<SessionReply> };
  /** A webhook whose session is gone or never was: answers whether it is really the carrier's. */
  readonly lateWebhook: (
    tenantId: string,
    callId: string,
    webhook: SessionWebhook,
  ) => Promise<boolean>;
};

/** The carrier hears an answer within a second, whatever the session is doing. */
const ANSWER_WITHIN_MS = 900;
/** Twilio's own forms are a few kilobytes. */
const MOST_BODY_BYTES = 64 * 1024;

/** Twilio's webhooks of one call. */
export function voiceRoutes(deps: VoiceRouteDeps): Hono {
  const app = new Hono();
  app.post('/t/:tenant/c/:call/turn/:nonce', async (c) => {
    const nonce = Number(c.req.param('nonce'));
    if (!Number.isInteger(nonce) || nonce < 0) return c.text('Not found', 404);
    const reply = await answerSafely(deps, c, { type: 'turn', nonce });
    switch (reply.type) {
      case 'answered':
        return twiml(c, reply.xml);
      case 'late':
        return twiml(c, tryAgain(webhookUrl(deps, c)));
      case 'failed':
      case 'gone':
        return twiml(c, apology());
      case 'forbidden':
        return c.text('Forbidden', 403);
    }
  });
  app.post('/t/:tenant/c/:call/status', async (c) => {
    const reply = await answerSafely(deps, c, { type: 'status' });
    switch (reply.type) {
      case 'answered':
      case 'gone':
        return c.body(null, 204);
      case 'forbidden':
        return c.text('Forbidden', 403);
      case 'late':
      case 'failed':
        return c.text('Try again', 503);
    }
  });
  app.post('/t/:tenant/c/:call/fallback', (c) => twiml(c, apology()));
  return app;
}

type Answer =
  | { readonly type: 'answered'; readonly xml: string }
  | { readonly type: 'forbidden' | 'late' | 'failed' | 'gone' };

/** The TwiML transport's one mapper: every fault becomes something the carrier can go on with. */
async function answerSafely(
  deps: VoiceRouteDeps,
  c: Context,
  kind: SessionWebhook['kind'],
): Promise<Answer> {
  const tenantId = c.req.param('tenant') ?? '';
  const callId = c.req.param('call') ?? '';
  try {
    const params = await readForm(c.req.raw);
    if (params === null) return { type: 'forbidden' };
    const webhook: SessionWebhook = {
      kind,
      url: webhookUrl(deps, c),
      params,
      signature: c.req.header('x-twilio-signature') ?? null,
    };
    const late = deps.clock.sleep(ANSWER_WITHIN_MS).then(() => ({ type: 'late' }) as const);
    const reply = await Promise.race([deps.session(tenantId, callId).webhook(webhook), late]);
    if (reply.type !== 'unknown_call') return reply;
    const isCarrier = await deps.lateWebhook(tenantId, callId, webhook);
    return { type: isCarrier ? 'gone' : 'forbidden' };
  } catch (error) {
    deps.log('error', 'voice webhook failed', { tenantId, callId, error: String(error) });
    return { type: 'failed' };
  }
}

/** Twilio signs the URL it was given, which is ours and not the host that was asked. */
function webhookUrl(deps: VoiceRouteDeps, c: Context): string {
  const asked = new URL(c.req.url);
  return `${deps.publicBaseUrl}${asked.pathname}${asked.search}`;
}

/** Null for a body that Twilio would not send. */
async function readForm(request: Request): Promise<FormParams | null> {
  const length = Number(request.headers.get('content-length') ?? 0);
  if (length > MOST_BODY_BYTES) return null;
  const text = new TextDecoder().decode(await request.arrayBuffer());
  return text.length > MOST_BODY_BYTES ? null : formParams(text);
}

function twiml(c: Context, xml: string): Response {
  return c.body(xml, 200, {
    'content-type': 'text/xml; charset=utf-8',
    'cache-control': 'no-store',
  });
}
