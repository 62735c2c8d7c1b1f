import { Hono } from 'hono';
import { lateWebhook } from '../../src/calls/late-webhook.ts';
import { audioRoutes } from '../../src/http/routes/audio.ts';
import { voiceRoutes } from '../../src/http/routes/voice.ts';
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
  const { clock, log, settings, store, clips, session } = services;
  const app = new Hono();
  app.get('/voice/health', (c) => c.text('ok'));
  const newRequestId = () => services.newId('req');
  app.route('/', audioRoutes({ store, clips, edge: caches.default, log, newRequestId }));
  app.route(
    '/voice',
    voiceRoutes({
      clock,
      log,
      publicBaseUrl: settings.publicBaseUrl,
      session,
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
