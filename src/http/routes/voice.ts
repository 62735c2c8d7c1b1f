import type { Context } from 'hono';
import { Hono } from 'hono/tiny';
import type { WebhookAction } from '../../calls/fetch-webhook.ts';
import type { RedirectJob } from '../../calls/redirect-call.ts';
import type {
  FetchedReply,
  SessionReply,
  SessionWebhook,
  WebhookKind,
} from '../../calls/session-types.ts';
import { apology } from '../../telephony/twiml-answers.ts';
import {
  type Answer,
  type AnswerDeps,
  acknowledged,
  answerSafely,
  inTime,
  refOf,
  twiml,
  twimlOf,
  webhookUrl,
} from './voice-answer.ts';

export type VoiceRouteDeps = AnswerDeps & {
  readonly session: (tenantId: string, callId: string) => CallSessionPort;
  /** A webhook whose session is gone or never was: answers whether it is really the carrier's. */
  readonly lateWebhook: (
    tenantId: string,
    callId: string,
    webhook: SessionWebhook,
  ) => Promise<boolean>;
  /** Asks a script's own webhook; never fails, and takes five seconds at most. */
  readonly fetchWebhook: (action: WebhookAction) => Promise<FetchedReply>;
  /** Sends a live call to another turn. */
  readonly redirect: (job: RedirectJob) => Promise<void>;
};

type CallSessionPort = {
  webhook(webhook: SessionWebhook): Promise<SessionReply>;
  fetched(nonce: number, reply: FetchedReply): Promise<SessionReply>;
};

/** Twilio's webhooks of one call. */
export function voiceRoutes(deps: VoiceRouteDeps): Hono {
  const app = new Hono();
  app.post('/t/:tenant/c/:call/turn/:nonce', async (c) => {
    const nonce = nonceOf(c);
    if (nonce === null) return c.text('Not found', 404);
    const answer = await ask(deps, c, { type: 'turn', nonce });
    return twimlOf(c, answer, webhookUrl(deps, c));
  });
  app.post('/t/:tenant/c/:call/fetch/:nonce', async (c) => {
    const nonce = nonceOf(c);
    if (nonce === null) return c.text('Not found', 404);
    const answer = await ask(deps, c, { type: 'fetch', nonce });
    if (answer.type !== 'fetch') return twimlOf(c, answer, webhookUrl(deps, c));
    const reply = await deps.fetchWebhook(answer.action);
    const told = await inTime(deps, c, () => tell(deps, c, nonce, reply));
    return twimlOf(c, told, webhookUrl(deps, c));
  });
  for (const type of ['status', 'recording', 'leg', 'room'] as const) {
    app.post(`/t/:tenant/c/:call/${type}`, async (c) =>
      acknowledged(c, await ask(deps, c, { type })),
    );
  }
  app.post('/t/:tenant/c/:call/amd', async (c) => {
    const answer = await ask(deps, c, { type: 'amd' });
    if (answer.type === 'answered' && answer.redirect !== undefined) {
      const { tenantId, callId } = refOf(c);
      // Before the answer: the carrier does not tell its verdict twice.
      await deps.redirect({ tenantId, callId, ...answer.redirect });
    }
    return acknowledged(c, answer);
  });
  app.post('/t/:tenant/c/:call/fallback', (c) => twiml(c, apology()));
  return app;
}

function nonceOf(c: Context): number | null {
  const nonce = Number(c.req.param('nonce'));
  return Number.isInteger(nonce) && nonce >= 0 ? nonce : null;
}

function ask(deps: VoiceRouteDeps, c: Context, kind: WebhookKind): Promise<Answer> {
  return answerSafely(deps, c, async (asked) => {
    const { tenantId, callId } = refOf(c);
    const webhook: SessionWebhook = { kind, ...asked };
    const reply = await deps.session(tenantId, callId).webhook(webhook);
    if (reply.type !== 'unknown_call') return reply;
    const isCarrier = await deps.lateWebhook(tenantId, callId, webhook);
    return { type: isCarrier ? 'gone' : 'forbidden' };
  });
}

/** The request was the carrier's own when the question was handed out. */
async function tell(
  deps: VoiceRouteDeps,
  c: Context,
  nonce: number,
  reply: FetchedReply,
): Promise<Answer> {
  const { tenantId, callId } = refOf(c);
  const told = await deps.session(tenantId, callId).fetched(nonce, reply);
  return told.type === 'unknown_call' ? { type: 'gone' } : told;
}
