import { Hono } from 'hono';
import { apiRoutes } from '../../src/http/routes/api.ts';
import type { ApiEnv } from './env.ts';
import { apiDeps } from './services.ts';

let made: { readonly env: ApiEnv; readonly app: Hono } | null = null;

function apiApp(env: ApiEnv): Hono {
  if (made?.env === env) return made.app;
  const app = new Hono();
  app.route('/api/v1', apiRoutes(apiDeps(env)));
  app.all('/voice/*', (c) => env.VOICE.fetch(c.req.raw));
  app.all('/sms/*', (c) => env.VOICE.fetch(c.req.raw));
  app.all('/audio/*', (c) => env.VOICE.fetch(c.req.raw));
  made = { env, app };
  return app;
}

export default {
  fetch: (request, env, ctx) => apiApp(env).fetch(request, env, ctx),
} satisfies ExportedHandler<ApiEnv>;
