import type { Context } from 'hono';
import { Hono } from 'hono/tiny';
import { emptyResponse } from '../../telephony/twiml-answers.ts';
import {
  type Answer,
  type AnswerDeps,
  type Asked,
  acknowledged,
  answerSafely,
  twiml,
} from './voice-answer.ts';

type Taken = 'taken' | 'forbidden';

export type SmsRouteDeps = AnswerDeps & {
  readonly take: (asked: Asked) => Promise<Taken>;
  readonly takeStatus: (
    ref: { readonly tenantId: string; readonly messageId: string },
    asked: Asked,
  ) => Promise<Taken>;
};

/** What Twilio tells of texts. Nothing is ever answered in the document: answers are sent. */
export function smsRoutes(deps: SmsRouteDeps): Hono {
  const app = new Hono();
  app.post('/inbound', async (c) => {
    const answer = await answerSafely(deps, c, async (asked) => answerOf(await deps.take(asked)));
    return answer.type === 'answered' ? twiml(c, emptyResponse()) : acknowledged(c, answer);
  });
  app.post('/t/:tenant/m/:message/status', async (c) =>
    acknowledged(
      c,
      await answerSafely(deps, c, async (asked) => answerOf(await deps.takeStatus(ref(c), asked))),
    ),
  );
  return app;
}

function ref(c: Context) {
  return { tenantId: c.req.param('tenant') ?? '', messageId: c.req.param('message') ?? '' };
}

const answerOf = (taken: Taken): Answer =>
  taken === 'forbidden' ? { type: 'forbidden' } : { type: 'answered', xml: '' };
