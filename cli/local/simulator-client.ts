import type { LocalSecrets } from './secrets.ts';

/** How the callee at a number behaves: a persona's name or its definition. */
export type Callee = { readonly number: string; readonly persona: unknown };

export type CarrierCallRow = {
  readonly sid: string;
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
  return {
    request: async <T>(method: string, path: string, body?: unknown) =>
      (await (await send(method, path, body)).json()) as T,
    bytes: async (path) => new Uint8Array(await (await send('GET', path)).arrayBuffer()),
  };
}
