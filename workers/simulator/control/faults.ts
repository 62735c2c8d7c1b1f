import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { type Env, readSettings } from '../env.ts';
import { FaultRule, GOOGLE_FAULTS } from '../faults/rules.ts';
import type { ControlEnv } from './app.ts';

/** Faults on demand: Google's belong to the project, the others to a carrier account. */
export function routeFaults(): Hono<ControlEnv> {
  const routes = new Hono<ControlEnv>();

  routes.post('/', async (context) => {
    const rule = FaultRule.parse(await context.req.json());
    return context.json(await holderOf(context.env, rule).addFault(rule), 201);
  });

  routes.get('/', async (context) => {
    const [account, google] = bothHolders(context.env, context.req.query('accountSid'));
    const faults = [...((await account?.listFaults()) ?? []), ...(await google.listFaults())];
    return context.json({ faults });
  });

  routes.delete('/', async (context) => {
    const [account, google] = bothHolders(context.env, context.req.query('accountSid'));
    const kind = context.req.query('kind');
    await account?.clearFaults(kind);
    await google.clearFaults(kind);
    return context.body(null, 204);
  });

  return routes;
}

function holderOf(env: Env, rule: FaultRule) {
  const [account, google] = bothHolders(env, rule.accountSid);
  if (GOOGLE_FAULTS.some((kind) => kind === rule.kind)) return google;
  if (account !== undefined) return account;
  throw new HTTPException(400, { message: 'accountSid is needed: there is no default account' });
}

function bothHolders(env: Env, given: string | undefined) {
  const sid = given ?? readSettings(env).defaultAccount?.accountSid;
  const account = sid === undefined ? undefined : env.ACCOUNTS.getByName(sid);
  return [account, env.GOOGLE.getByName('default')] as const;
}
