import { Hono } from 'hono';
import { apiApp } from '../../src/http/api/app.ts';
import { withFaults } from '../faults/with-faults.ts';
import { answerSetupFault } from '../setup-fault.ts';
import type { ApiEnv } from './env.ts';
import { apiDeps } from './services.ts';

export { RateLimiter } from './objects.ts';

let made: { readonly env: ApiEnv; readonly app: Hono } | null = null;

function appOf(env: ApiEnv): Hono {
  if (made?.env === env) return made.app;
  const app = new Hono();
  app.route('/api/v1', apiApp(apiDeps(env)));
  app.all('/voice/*', (c) => env.VOICE.fetch(c.req.raw));
  app.all('/sms/*', (c) => env.VOICE.fetch(c.req.raw));
  app.all('/audio/*', (c) => env.VOICE.fetch(c.req.raw));
  made = { env, app };
  return app;
}

export default {
  fetch: (request, env, ctx) =>
    answerSetupFault(() => appOf(withFaults(env)).fetch(request, env, ctx)),
} satisfies ExportedHandler<ApiEnv>;
