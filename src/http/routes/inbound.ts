import { Hono } from 'hono/tiny';
import { apology } from '../../telephony/twiml-answers.ts';
import {
  type Answer,
  type AnswerDeps,
  type Asked,
  acknowledged,
  answerSafely,
  twiml,
  twimlOf,
  webhookUrl,
} from './voice-answer.ts';

export type InboundRouteDeps = AnswerDeps & {
  readonly open: (asked: Asked) => Promise<Answer>;
  readonly close: (asked: Asked) => Promise<Answer>;
};

/** A caller hears ringing meanwhile, some fifteen seconds; then he is told that it does not work. */
const TRIES = 8;

/** What Twilio asks about calls to any of the platform's numbers. */
export function inboundRoutes(deps: InboundRouteDeps): Hono {
  const app = new Hono();
  app.post('/inbound', async (c) => {
    const answer = await answerSafely(deps, c, deps.open);
    const tries = Number(c.req.query('try') ?? 1);
    const again = new URL(webhookUrl(deps, c));
    again.searchParams.set('try', String(tries + 1));
    const isHopeless = answer.type === 'late' && !(tries < TRIES);
    return isHopeless ? twiml(c, apology()) : twimlOf(c, answer, again.href);
  });
  app.post('/inbound/status', async (c) =>
    acknowledged(c, await answerSafely(deps, c, deps.close)),
  );
  app.post('/inbound/fallback', (c) => twiml(c, apology()));
  return app;
}
