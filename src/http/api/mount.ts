import { createRoute, type OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import * as z from 'zod';
import type { RouteName } from '../../contract/api.ts';
import type { RouteSpec, Upload } from '../../contract/route.ts';
import { Problem } from '../../contract/shapes/common.ts';
import { DestinyError } from '../../shared/errors.ts';
import { STATUS } from '../problem.ts';
import { type Admitted, admit, identify } from './authorize.ts';
import type { ApiDeps } from './context.ts';
import { describeRule } from './describe-rule.ts';
import { refusalsOf } from './refusals.ts';
import { type AnyHandler, addressOf, passCookies, run } from './run.ts';

export type ApiEnv = {
  Variables: { requestId: string; admitted: Admitted; timings: [string, number][] };
};

/** The one way into the API: rule, shapes, limits and audit of a route come from its entry. */
export function mount(
  app: OpenAPIHono<ApiEnv>,
  deps: ApiDeps,
  name: RouteName,
  spec: RouteSpec,
  handler: AnyHandler,
): void {
  const middleware: MiddlewareHandler<ApiEnv> = async (c, next) => {
    const startedAt = deps.identity.clock.now();
    const who = await identify(deps, c.req.raw.headers);
    await takeFromBudget(c, deps, who.actor.type === 'nobody' ? addressOf(c) : who.actor.id);
    const admitted = await admit(deps, spec, c.req.raw, who);
    if (admitted.cookies !== null) passCookies(c, admitted.cookies);
    if (admitted.seat.isActingAs) c.header('destiny-acting-as', admitted.tenant?.tenant.id ?? '');
    c.set('admitted', admitted);
    c.set('timings', [['auth', deps.identity.clock.now() - startedAt]]);
    await next();
  };
  app.openapi({ ...routeConfig(name, spec), middleware }, async (c) => {
    const startedAt = deps.identity.clock.now();
    const response = await run(
      c as unknown as Context,
      {
        ...{ deps, name, spec, handler },
        admitted: c.get('admitted'),
        requestId: c.get('requestId'),
      },
      checkedInput(c as unknown as Context, spec),
    );
    c.get('timings').push(['work', deps.identity.clock.now() - startedAt]);
    return response;
  });
}

function checkedInput(c: Context, spec: RouteSpec) {
  const valid = c.req.valid as (part: string) => unknown;
  return {
    params: spec.params === undefined ? undefined : valid.call(c.req, 'param'),
    query: spec.query === undefined ? undefined : valid.call(c.req, 'query'),
    body: spec.body === undefined ? undefined : valid.call(c.req, 'json'),
    upload: spec.upload === undefined ? undefined : uploadOf(c, spec.upload),
  };
}

function uploadOf(c: Context, { type, mostBytes }: NonNullable<RouteSpec['upload']>): Upload {
  const given = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (given !== type) {
    throw new DestinyError('unsupported_media_type', `Send the header "Content-Type: ${type}".`);
  }
  const bytes = Number(c.req.header('content-length') ?? 0);
  const { body } = c.req.raw;
  if (bytes === 0 || body === null) {
    throw new DestinyError('invalid_input', 'Send the file as the body, with its Content-Length.');
  }
  if (bytes > mostBytes) {
    const megabytes = Math.floor(mostBytes / 1024 / 1024);
    throw new DestinyError('too_large', `A file has at most ${megabytes} MB; split it.`);
  }
  return { body, bytes };
}

export async function takeFromBudget(c: Context, deps: ApiDeps, actor: string): Promise<void> {
  const rate = await deps.takeRequest(actor);
  c.header('ratelimit-policy', `"requests";q=${rate.limit};w=60`);
  c.header('ratelimit', `"requests";r=${rate.remaining};t=${rate.retryAfterSeconds}`);
  if (rate.isAllowed) return;
  c.header('retry-after', String(rate.retryAfterSeconds));
  throw new DestinyError('rate_limited', 'Too many requests; wait as long as Retry-After says.');
}

function routeConfig(name: RouteName, spec: RouteSpec): RouteConfig {
  const { params, query } = spec;
  const content = contentOf(spec);
  return createRoute({
    operationId: name,
    method: spec.method,
    path: spec.path,
    tags: [spec.tag],
    summary: spec.summary,
    description: describeRule(spec),
    security: spec.rule.who === 'anyone' ? [] : securityOf(spec),
    request: {
      ...(params === undefined ? {} : { params }),
      ...(query === undefined ? {} : { query }),
      ...(content === null ? {} : { body: { required: true, content } }),
    },
    responses: { ...success(spec), ...problems(spec) },
  });
}

function contentOf({ body, upload }: RouteSpec) {
  if (upload !== undefined) return { [upload.type]: { schema: z.string() } };
  return body === undefined ? null : { 'application/json': { schema: body } };
}

function securityOf({ rule }: RouteSpec): Record<string, string[]>[] {
  const takesKey = rule.who === 'tenant' && rule.scope !== null;
  return [{ session: [] }, ...(takesKey ? [{ apiKey: [] }] : [])];
}

function success({ status, returns, file }: RouteSpec): RouteConfig['responses'] {
  if (file !== undefined) {
    return { [status]: { description: 'A file.', content: { [file]: { schema: z.string() } } } };
  }
  const description = returns === null ? 'Done; there is no body.' : 'Done.';
  const content = returns === null ? undefined : { 'application/json': { schema: returns } };
  return { [status]: content === undefined ? { description } : { description, content } };
}

function problems(spec: RouteSpec): RouteConfig['responses'] {
  const byStatus = Map.groupBy(refusalsOf(spec), (code) => STATUS[code]);
  const content = { 'application/problem+json': { schema: Problem } };
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      { description: codes.map((code) => `\`${code}\``).join(', '), content },
    ]),
  );
}
