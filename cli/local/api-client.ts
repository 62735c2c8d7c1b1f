import { SCOPES } from '../../src/contract/rule.ts';
import type { LocalSecrets } from './secrets.ts';

/** Destiny's own REST API as the command line uses it: the platform's owner, or a tenant's key. */
export type ApiClient = {
  readonly request: <T>(
    method: string,
    path: string,
    body?: unknown,
    tenantId?: string,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<T>;
  /** The header that a tenant's own key is sent in. */
  readonly authorization: (tenantId: string) => Promise<string>;
};

export const ADMIN_EMAIL = 'owner@destiny.local';
const KEY_LIVES_MS = 86_400_000;
const MOST_WAITS = 60;

type Send = (
  method: string,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
) => Promise<Response>;

export function apiClient(appUrl: string, secrets: LocalSecrets): ApiClient {
  const send = sender(appUrl);
  const keys = new Map<string, Promise<string>>();
  let signedIn: Promise<string> | null = null;
  const cookie = () => {
    signedIn ??= signInAsOwner(send, secrets);
    return signedIn;
  };
  // Known before it is made: requests side by side share one key.
  const keyOf = (tenantId: string) => {
    const made = keys.get(tenantId) ?? cookie().then((own) => makeKey(send, own, tenantId));
    keys.set(tenantId, made);
    return made;
  };
  return {
    authorization: async (tenantId) => `Bearer ${await keyOf(tenantId)}`,
    request: async <T>(
      method: string,
      path: string,
      body?: unknown,
      tenantId?: string,
      more: Readonly<Record<string, string>> = {},
    ) => {
      const own =
        tenantId === undefined
          ? { cookie: await cookie() }
          : { authorization: `Bearer ${await keyOf(tenantId)}` };
      const text = await (await send(method, path, body, { ...own, ...more })).text();
      return (text === '' ? undefined : JSON.parse(text)) as T;
    },
  };
}

/** Throws for every refusal, but waits when there were too many requests. */
function sender(appUrl: string): Send {
  return async (method, path, body, headers) => {
    for (let waits = 0; ; waits++) {
      const response = await fetch(`${appUrl}/api/v1${path}`, {
        method,
        headers: {
          ...headers,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (response.ok) return response;
      const text = await response.text();
      if (response.status !== 429 || waits === MOST_WAITS) {
        throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
      }
      const seconds = Number(response.headers.get('retry-after') ?? 1);
      await new Promise((resolve) => setTimeout(resolve, Math.max(1, seconds) * 1000));
    }
  };
}

/** The first start makes the platform's owner with the set-up token; later ones find him. */
async function signInAsOwner(send: Send, secrets: LocalSecrets): Promise<string> {
  const { setupToken, adminPassword: password } = secrets;
  const owner = { setupToken, email: ADMIN_EMAIL, name: 'Owner', password };
  await send('POST', '/setup', owner, {}).catch((error: unknown) => {
    if (!String(error).includes('answered 409')) throw error;
  });
  const response = await send('POST', '/auth/sign-in', { email: ADMIN_EMAIL, password }, {});
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

async function makeKey(send: Send, cookie: string, tenantId: string): Promise<string> {
  const headers = { cookie, 'destiny-tenant': tenantId };
  const reason = { reason: 'A key for the command line' };
  await send('POST', `/tenants/${tenantId}/act-as`, reason, headers);
  const wanted = {
    name: 'command line',
    scopes: SCOPES,
    expiresAt: Date.now() + KEY_LIVES_MS,
  };
  const response = await send('POST', '/api-keys', wanted, headers);
  const { key } = (await response.json()) as { key: string };
  await send('DELETE', `/tenants/${tenantId}/act-as`, undefined, headers);
  return key;
}
