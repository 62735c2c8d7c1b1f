import { Hono } from 'hono/tiny';
import { fetchWebhook } from '../../src/calls/fetch-webhook.ts';
import { lateWebhook } from '../../src/calls/late-webhook.ts';
import { agentRoutes } from '../../src/http/routes/agent.ts';
import { audioRoutes } from '../../src/http/routes/audio.ts';
import { inboundRoutes } from '../../src/http/routes/inbound.ts';
import { smsRoutes } from '../../src/http/routes/sms.ts';
import { voiceRoutes } from '../../src/http/routes/voice.ts';
import { inboundCallIds } from '../../src/inbound/call-id.ts';
import { closeInbound, openInbound } from '../../src/inbound/open-inbound.ts';
import { takeText, takeTextStatus } from '../../src/inbound/text-webhooks.ts';
import type { VoiceEnv } from './env.ts';
import { servicesOf } from './services.ts';

let made: { readonly env: VoiceEnv; readonly app: Hono } | null = null;

/** The Worker's routes, wired once an isolate. */
export function voiceApp(env: VoiceEnv): Hono {
  if (made?.env !== env) made = { env, app: makeApp(env) };
  return made.app;
}

function makeApp(env: VoiceEnv): Hono {
  const services = servicesOf(env);
  const { clock, log, settings, store, clips, session, outside } = services;
  const app = new Hono();
  app.get('/voice/health', (c) => c.text('ok'));
  const newRequestId = () => services.newId('req');
  app.route('/', audioRoutes({ store, clips, edge: caches.default, log, newRequestId }));
  const inbound = {
    ...services,
    callId: inboundCallIds(settings.audioSecret),
  };
  app.route(
    '/voice',
    inboundRoutes({
      clock,
      log,
      publicBaseUrl: settings.publicBaseUrl,
      open: (asked) => openInbound(inbound, asked),
      close: (asked) => closeInbound(inbound, asked),
    }),
  );
  const { publicBaseUrl } = settings;
  app.route('/voice', agentRoutes({ clock, log, publicBaseUrl, desk: services.desk }));
  const texts = { ...services, queue: env.MESSAGES };
  app.route(
    '/sms',
    smsRoutes({
      clock,
      log,
      publicBaseUrl: settings.publicBaseUrl,
      take: (asked) => takeText(texts, asked),
      takeStatus: (ref, asked) => takeTextStatus(texts, ref, asked),
    }),
  );
  app.route(
    '/voice',
    voiceRoutes({
      clock,
      log,
      publicBaseUrl: settings.publicBaseUrl,
      session,
      fetchWebhook: (action) =>
        fetchWebhook(
          { fetch: outside, clock, allowsPrivate: settings.allowsPrivateWebhooks },
          action,
        ),
      redirect: async (job) => {
        await env.REDIRECT.send(job);
      },
      lateWebhook: async (tenantId, callId, webhook) => {
        const known = await services.databases.platform.tenantById(tenantId);
        if (known === null) return false;
        const ctx = await services.tenant(tenantId);
        const account = await services.account(ctx);
        const authToken = await services.sealer.open(account.tokenSealed);
        return lateWebhook(ctx, { callId, webhook, authToken });
      },
    }),
  );
  return app;
}
