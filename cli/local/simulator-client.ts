import type { LocalSecrets } from './secrets.ts';

/** How the callee at a number behaves: a persona's name or its definition. */
export type Callee = { readonly number: string; readonly persona: unknown };

export type CarrierCallRow = {
  readonly sid: string;
  readonly direction: 'outbound-api' | 'inbound';
  readonly to: string;
  readonly from: string;
  readonly status: string;
  readonly url: string;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly durationSeconds: number | null;
};

/** The simulator's control endpoints: sets the scene, and reads its independent log. */
export type SimulatorClient = {
  readonly request: <T>(method: string, path: string, body?: unknown) => Promise<T>;
  readonly bytes: (path: string) => Promise<Uint8Array>;
  /** Twilio's own REST API of the account, below `/2010-04-01/Accounts/<sid>`. */
  readonly twilio: <T>(method: string, path: string, form?: Record<string, string>) => Promise<T>;
};

export function simulatorClient(simulatorUrl: string, secrets: LocalSecrets): SimulatorClient {
  const send = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${simulatorUrl}/_sim${path}`, {
      method,
      headers: {
        authorization: `Bearer ${secrets.simulatorToken}`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.ok) return response;
    throw new Error(`${method} /_sim${path} answered ${response.status}: ${await response.text()}`);
  };
  const twilio = async <T>(method: string, path: string, form?: Record<string, string>) => {
    const { accountSid, authToken } = secrets;
    const response = await fetch(`${simulatorUrl}/2010-04-01/Accounts/${accountSid}${path}`, {
      method,
      headers: { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` },
      ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
    });
    if (response.ok) return (await response.json()) as T;
    throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  };
  return {
    twilio,
    request: async <T>(method: string, path: string, body?: unknown) => {
      const text = await (await send(method, path, body)).text();
      return (text === '' ? undefined : JSON.parse(text)) as T;
    },
    bytes: async (path) => new Uint8Array(await (await send('GET', path)).arrayBuffer()),
  };
}
