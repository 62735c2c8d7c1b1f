import { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { type RouteName, routeEntries } from '../../contract/api.ts';
import { DestinyError } from '../../shared/errors.ts';
import { problemResponse } from '../problem.ts';
import type { ApiDeps, Handlers } from './context.ts';
import { agentHandlers } from './handlers/agent.ts';
import { figureHandlers } from './handlers/figures.ts';
import { identityHandlers } from './handlers/identity.ts';
import { importHandlers } from './handlers/import.ts';
import { messageHandlers } from './handlers/message.ts';
import { moveHandlers } from './handlers/move.ts';
import { numberHandlers } from './handlers/number.ts';
import { operationHandlers } from './handlers/operations.ts';
import { peopleHandlers } from './handlers/people.ts';
import { platformHandlers } from './handlers/platform.ts';
import { scriptHandlers } from './handlers/script.ts';
import { tenantHandlers } from './handlers/tenant.ts';
import { webhookHandlers } from './handlers/webhook.ts';
import { workHandlers } from './handlers/work.ts';
import { type ApiEnv, mount } from './mount.ts';
import { openApiOf } from './openapi.ts';
import { mountRecordingAudio } from './recording-audio.ts';
import { referencePage } from './reference.ts';
import type { AnyHandler } from './run.ts';

/** The largest request is 500 contacts; imports of files go another way. */
const BODY_MOST_BYTES = 2 * 1024 * 1024;

const HANDLERS: Handlers = {
  ...platformHandlers,
  ...identityHandlers,
  ...peopleHandlers,
  ...tenantHandlers,
  ...numberHandlers,
  ...messageHandlers,
  ...scriptHandlers,
  ...workHandlers,
  ...importHandlers,
  ...agentHandlers,
  ...figureHandlers,
  ...operationHandlers,
  ...moveHandlers,
  ...webhookHandlers,
};

/** `/api/v1`: every route of the contract, its OpenAPI document and its reference. */
export function apiApp(deps: ApiDeps): OpenAPIHono<ApiEnv> {
  const app = new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalid(result.error.issues);
    },
  });
  app.onError((error, c) => problemResponse(c, error, c.get('requestId'), deps.log));
  app.use(async (c, next) => {
    const startedAt = deps.identity.clock.now();
    c.set('requestId', deps.identity.newId('req'));
    c.set('timings', []);
    await next();
    c.header('request-id', c.get('requestId'));
    const timings = [...c.get('timings'), ['total', deps.identity.clock.now() - startedAt]];
    c.header('server-timing', timings.map(([name, ms]) => `${name};dur=${ms}`).join(', '));
  });
  const limited = bodyLimit({
    maxSize: BODY_MOST_BYTES,
    onError: () => {
      throw new DestinyError('too_large', 'A request has at most 2 MB; send less at a time.');
    },
  });
  // A file has the limit of its own route, and is not read before it is wanted.
  app.use((c, next) => (isUpload(c.req.method, c.req.path) ? next() : limited(c, next)));
  for (const [name, spec] of routeEntries()) {
    mount(app, deps, name, spec, handlerOf(name));
  }
  mountRecordingAudio(app, deps);
  app.get('/openapi.json', (c) => c.json(openApiOf(app)));
  app.get('/reference', (c) => c.html(referencePage()));
  // Not `notFound`: Hono asks only that of the app this one is mounted on.
  app.all('*', (c) => {
    throw new DestinyError('not_found', `There is no ${c.req.method} ${c.req.path}.`);
  });
  return app;
}

const UPLOADS = routeEntries().flatMap(([, { method, path, upload }]) =>
  upload === undefined
    ? []
    : [new RegExp(`^${method} .*${path.replace(/\{\w+\}/g, '[^/]+')}$`, 'i')],
);

function isUpload(method: string, path: string): boolean {
  return UPLOADS.some((route) => route.test(`${method} ${path}`));
}

/** `Handlers` has checked each against its own route. */
function handlerOf(name: RouteName): AnyHandler {
  return HANDLERS[name] as unknown as AnyHandler;
}

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };

function invalid(issues: readonly Issue[]): DestinyError {
  return new DestinyError('invalid_input', 'Some fields are not as they should be; see errors.', {
    details: issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message })),
  });
}
