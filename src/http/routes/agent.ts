import type { Context } from 'hono';
import { Hono } from 'hono/tiny';
import type { SessionReply, SignedAsking } from '../../calls/session-types.ts';
import { isId } from '../../shared/ids.ts';
import { single } from '../../telephony/signature.ts';
import { apology, tryAgain } from '../../telephony/twiml-answers.ts';
import {
  type AnswerDeps,
  answerSafely,
  refOf,
  twiml,
  twimlOf,
  webhookUrl,
} from './voice-answer.ts';

export type AgentRouteDeps = AnswerDeps & { readonly desk: (tenantId: string) => DeskWebhooks };

type DeskWebhooks = {
  wait(callId: string, asked: SignedAsking): Promise<SessionReply>;
  enter(ticket: string, asked: SignedAsking): Promise<SessionReply>;
};

const SPENT = 'This call is not yours any more. Goodbye.';

/** What the carrier asks about a waiting caller's music, and about pages that call with a ticket. */
export function agentRoutes(deps: AgentRouteDeps): Hono {
  const app = new Hono();
  app.post('/t/:tenant/c/:call/wait', async (c) => {
    const { tenantId, callId } = refOf(c);
    if (!isId('ten', tenantId)) return c.text('Not found', 404);
    const answer = await answerSafely(deps, c, async (asked) =>
      known(await deps.desk(tenantId).wait(callId, asked)),
    );
    // The desk hears of him a moment after he was told to wait.
    if (answer.type === 'gone') return twiml(c, tryAgain(webhookUrl(deps, c)));
    return twimlOf(c, answer, webhookUrl(deps, c));
  });
  app.post('/agent', async (c) => answerTicket(deps, c));
  return app;
}

/** A ticket is `<tenant>.<secret>`; whatever else is sent hears one sentence. */
async function answerTicket(deps: AgentRouteDeps, c: Context): Promise<Response> {
  const answer = await answerSafely(deps, c, async (asked) => {
    const [tenantId = '', secret = ''] = single(asked.params.ticket).split('.');
    if (!isId('ten', tenantId) || secret === '') return { type: 'gone' };
    return known(await deps.desk(tenantId).enter(secret, asked));
  });
  if (answer.type === 'gone') return twiml(c, apology(SPENT));
  return twimlOf(c, answer, webhookUrl(deps, c));
}

function known(reply: SessionReply) {
  return reply.type === 'unknown_call' ? ({ type: 'gone' } as const) : reply;
}
