import { exports } from 'cloudflare:workers';

/** Helpers of the tests that run inside workerd: the simulator is asked over HTTP, like by anyone. */
export const ORIGIN = 'http://simulator.test';
export const CONTROL_TOKEN = 'control-token';

export type Account = { readonly accountSid: string; readonly authToken: string };

export function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return exports.default.fetch(`${ORIGIN}${path}`, init);
}

export async function order(method: string, path: string, body?: unknown): Promise<Response> {
  return ask(`/_sim${path}`, {
    method,
    headers: { authorization: `Bearer ${CONTROL_TOKEN}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

let accounts = 0;

/** A new account for each test: storage is shared within a file. */
export async function openAccount(config: Record<string, unknown> = {}): Promise<Account> {
  accounts += 1;
  const account = { accountSid: `AC${String(accounts).padStart(32, '0')}`, authToken: 'secret' };
  const body = { ...account, cps: 50, timeScale: 100, ...config };
  const reply = await order('POST', '/accounts', body);
  if (reply.status !== 201) throw new Error(`No account: ${await reply.text()}`);
  return account;
}

export function rest(
  account: Account,
  method: string,
  path: string,
  form?: Record<string, string> | URLSearchParams,
): Promise<Response> {
  return ask(`/2010-04-01/Accounts/${account.accountSid}${path}`, {
    method,
    headers: { authorization: `Basic ${btoa(`${account.accountSid}:${account.authToken}`)}` },
    ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
  });
}

export type Summary = { byStatus: Record<string, number> } & Record<string, unknown>;

/** Waits for an account's calls to end. */
export async function settle(account: Account): Promise<Summary> {
  for (let tries = 0; tries < 200; tries += 1) {
    const reply = await order('GET', `/accounts/${account.accountSid}/summary`);
    const summary = await reply.json<Summary>();
    const { queued, initiated, ringing, 'in-progress': live } = summary.byStatus;
    if (!queued && !initiated && !ringing && !live) return summary;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('The calls did not end');
}
