import { Hono } from 'hono';
import type { CallStore } from '../carrier/calls.ts';
import type { Conferences } from '../carrier/conferences.ts';
import type { AccountConfig } from '../carrier/config.ts';
import type { Journal } from '../carrier/journal.ts';
import type { MessageDesk } from '../carrier/message-desk.ts';
import type { MessageStore } from '../carrier/messages.ts';
import type { NumberStore } from '../carrier/numbers.ts';
import { API_VERSION } from '../carrier/params.ts';
import type { RecordingStore } from '../carrier/recordings.ts';
import type { SoftphoneStore } from '../carrier/softphones.ts';
import type { Switchboard } from '../carrier/switchboard.ts';
import type { Clock } from '../clock.ts';
import { CREATE_FAULTS, type FaultKind, REST_FAULTS, type Strike } from '../faults/rules.ts';
import { between, type Random } from '../random.ts';
import { matchesBasic } from './auth.ts';
import { routeCalls } from './calls.ts';
import { routeConferences } from './conferences.ts';
import { TwilioError } from './errors.ts';
import { loseReply } from './lost-reply.ts';
import { routeMessages } from './messages.ts';
import { routeNumbers } from './numbers.ts';
import { routeRecordings } from './recordings.ts';
import { routeSoftphone } from './softphone.ts';

export type RestPorts = {
  readonly clock: Clock;
  readonly random: Random;
  readonly calls: CallStore;
  readonly journal: Journal;
  readonly switchboard: Switchboard;
  readonly numbers: NumberStore;
  readonly recordings: RecordingStore;
  readonly messages: MessageStore;
  readonly desk: MessageDesk;
  readonly conferences: Conferences;
  readonly softphones: SoftphoneStore;
  readonly newSid: (kind: string) => string;
  readonly config: () => AccountConfig | undefined;
  readonly strike: (kinds: readonly FaultKind[]) => readonly Strike[];
};
export type RestEnv = { Variables: { receivedAt: number; config: AccountConfig } };

/** Twilio's REST API of one account. Resources that are not played answer 20404. */
export function restApp(ports: RestPorts): Hono<RestEnv> {
  const { clock, journal, random } = ports;
  const app = new Hono<RestEnv>();
  let underWay = 0;

  app.use(async (context, next) => {
    const receivedAt = clock.now();
    context.set('receivedAt', receivedAt);
    underWay += 1;
    try {
      // workerd complains about a body that nobody reads; Hono keeps it for the route.
      await context.req.arrayBuffer();
      refuseEarly(context.req.header('authorization'));
      const config = ports.config();
      if (config === undefined) throw new TwilioError(20003);
      context.set('config', config);
      await next();
      await clock.sleep(latencyMs(context.req.method, random));
    } finally {
      underWay -= 1;
      const { method, path } = context.req;
      const detail = { method, path, status: context.res.status, ms: clock.now() - receivedAt };
      journal.add({ at: receivedAt, callSid: null, kind: 'rest', ms: detail.ms, detail });
    }
  });

  const refuseEarly = (authorization: string | undefined) => {
    const config = ports.config();
    const [fault] = ports.strike(REST_FAULTS);
    if (fault !== undefined) throw new TwilioError(fault.kind === 'rest-401' ? 20003 : 20503);
    if (config === undefined || !matchesBasic(authorization, config.accountSid, config.authToken)) {
      throw new TwilioError(20003);
    }
    // Concurrent requests, not calls a second: those above are never processed (20429).
    if (underWay > config.maxConcurrentRequests) throw new TwilioError(20429);
  };

  const creates = `/${API_VERSION}/Accounts/:account/:resource{(?:Calls|Messages)\\.json}`;
  app.post(creates, async (context, next) => {
    const [fault] = ports.strike(CREATE_FAULTS);
    if (fault?.kind === 'create-429') throw new TwilioError(20429);
    await next();
    if (fault?.kind === 'create-500-after-accept') {
      context.res = new TwilioError(20500).toResponse();
    }
    if (fault?.kind === 'create-reply-lost') {
      const { mode, delayMs } = fault.rule;
      if (mode === 'hang') await clock.sleep(delayMs);
      context.res = loseReply(context.res, clock);
    }
  });
  const account = `/${API_VERSION}/Accounts/:account`;
  app.route(account, routeCalls(ports));
  app.route(account, routeMessages({ messages: ports.messages, desk: ports.desk }));
  app.route(account, routeRecordings(ports));
  app.route(
    account,
    routeNumbers({ numbers: ports.numbers, clock, newSid: () => ports.newSid('PN') }),
  );
  app.route(account, routeConferences(ports));
  app.route(account, routeSoftphone(ports));

  app.notFound((context) => new TwilioError(20404, context.req.path).toResponse());
  app.onError((error) => {
    if (error instanceof TwilioError) return error.toResponse();
    console.error(error);
    return new TwilioError(20500).toResponse();
  });
  return app;
}

function latencyMs(method: string, random: Random): number {
  return method === 'GET' ? between(random, 60, 150) : between(random, 150, 300);
}
