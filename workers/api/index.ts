import { Hono } from 'hono';
import type { ImportJob } from '../../src/contacts/import-lease.ts';
import { apiApp } from '../../src/http/api/app.ts';
import type { ApiDeps } from '../../src/http/api/context.ts';
import { deskRoutes } from '../../src/http/api/desk.ts';
import { liveRoutes } from '../../src/http/api/live.ts';
import { withSecurityHeaders } from '../../src/http/security-headers.ts';
import type { WebhookJob } from '../../src/webhooks/deliver-due.ts';
import { batchWithFaults, withFaults } from '../faults/with-faults.ts';
import { answerSetupFault } from '../setup-fault.ts';
import { consumeImports } from './consumers/imports.ts';
import { consumeWebhooks } from './consumers/webhooks.ts';
import { runApiCron } from './cron.ts';
import type { ApiEnv } from './env.ts';
import { apiDeps, cronDeps, webhookDeps } from './services.ts';

export { RateLimiter } from './objects.ts';

type Made = { readonly env: ApiEnv; readonly app: Hono; readonly deps: ApiDeps };
let made: Made | null = null;

function madeFor(env: ApiEnv): Made {
  if (made?.env === env) return made;
  const app = new Hono();
  const deps = apiDeps(env);
  app.route('/api/v1', liveRoutes(deps));
  app.route('/api/v1', deskRoutes(deps));
  app.route('/api/v1', apiApp(deps));
  app.all('/voice/*', (c) => env.VOICE.fetch(c.req.raw));
  app.all('/sms/*', (c) => env.VOICE.fetch(c.req.raw));
  app.all('/audio/*', (c) => env.VOICE.fetch(c.req.raw));
  made = { env, app, deps };
  return made;
}

export default {
  fetch: (request, env, ctx) =>
    withSecurityHeaders(
      answerSetupFault(() => madeFor(withFaults(env)).app.fetch(request, env, ctx)),
    ),
  scheduled: (_controller, env) => runApiCron(cronDeps(withFaults(env))),
  queue: (batch, env) => consume(batchWithFaults(batch, env), withFaults(env)),
} satisfies ExportedHandler<ApiEnv>;

function consume(batch: MessageBatch, env: ApiEnv): Promise<void> {
  const { deps } = madeFor(env);
  return batch.queue === 'destiny-webhooks'
    ? consumeWebhooks(batch as MessageBatch<WebhookJob>, webhookDeps(env, deps))
    : consumeImports(batch as MessageBatch<ImportJob>, deps);
}
