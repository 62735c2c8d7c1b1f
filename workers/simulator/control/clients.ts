import { type Context, Hono, type HonoRequest } from 'hono';
import { cors } from 'hono/cors';
import type { CarrierAccount } from '../carrier/account.object.ts';
import { ClientCall } from '../carrier/config.ts';
import type { Client } from '../carrier/softphones.ts';
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
    const { token, params } = ClientCall.parse(await context.req.json());
    return admitted(context, token, async (account, client) =>
      context.json(compactCall(await account.clientCall(client, params)), 201),
    );
  });
  routes.get('/:call', (context) =>
    admitted(context, tokenOf(context.req), async (account, client) => {
      const row = await account.clientsCall(client, context.req.param('call'));
      return row === undefined
        ? context.json({ error: 'No such call' }, 404)
        : context.json(compactCall(row));
    }),
  );
  routes.delete('/:call', (context) =>
    admitted(context, tokenOf(context.req), async (account, client) => {
      await account.endClientsCall(client, context.req.param('call'));
      return context.body(null, 204);
    }),
  );
  return routes;
}

type Account = DurableObjectStub<CarrierAccount>;

async function admitted(
  context: Context<{ Bindings: Env }>,
  token: string,
  work: (account: Account, client: Client) => Promise<Response>,
): Promise<Response> {
  const account = context.env.ACCOUNTS.getByName(context.req.param('sid') ?? '');
  const client = await account.clientOf(token);
  if ('refused' in client) return context.json({ error: client.refused }, 401);
  return work(account, client);
}

function tokenOf(request: HonoRequest): string {
  return (request.header('authorization') ?? '').replace(/^Bearer /, '');
}
