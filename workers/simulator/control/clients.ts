import { Hono, type HonoRequest } from 'hono';
import { cors } from 'hono/cors';
import { ClientCall } from '../carrier/config.ts';
import type { Env } from '../env.ts';
import { compactCall } from './rows.ts';

/**
 * What Twilio's Voice SDK does for a page, over plain HTTP: a page from anywhere calls with its
 * access token, which is all that admits it; it looks after its own call, and hangs up.
 */
export function routeClients(): Hono<{ Bindings: Env }> {
  const routes = new Hono<{ Bindings: Env }>();
  routes.use(cors({ origin: '*', allowHeaders: ['authorization', 'content-type'] }));
  routes.post('/', async (context) => {
    const call = ClientCall.parse(await context.req.json());
    return answered(async () => {
      const row = await accountOf(context.env, context.req).clientCall(call);
      return context.json(compactCall(row), 201);
    });
  });
  routes.get('/:call', (context) =>
    answered(async () => {
      const token = tokenOf(context.req);
      const own = context.req.param('call');
      const row = await accountOf(context.env, context.req).clientsCall(token, own);
      return row === undefined
        ? context.json({ error: 'No such call' }, 404)
        : context.json(compactCall(row));
    }),
  );
  routes.delete('/:call', (context) =>
    answered(async () => {
      const token = tokenOf(context.req);
      await accountOf(context.env, context.req).endClientsCall(token, context.req.param('call'));
      return context.body(null, 204);
    }),
  );
  return routes;
}

/** Whatever is wrong with a token, its page may not call. */
async function answered(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (cause) {
    const error = cause instanceof Error ? cause.message : String(cause);
    return Response.json({ error }, { status: 401 });
  }
}

function accountOf(env: Env, request: HonoRequest) {
  return env.ACCOUNTS.getByName(request.param('sid') ?? '');
}

function tokenOf(request: HonoRequest): string {
  return (request.header('authorization') ?? '').replace(/^Bearer /, '');
}
