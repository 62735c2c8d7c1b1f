import { DeskClient, type DeskClientState, type DeskSocket } from '../../src/agents/client.ts';
import { HttpSoftphone, type LineToken } from '../../src/agents/http-softphone.ts';
import { type OwnTenant, until, type Whole } from './whole.ts';

export type TestAgent = Awaited<ReturnType<typeof newAgent>>;

/** Asks in the name of the tenant's admin: the platform's owner at work there. */
export async function asAdmin<T>(
  { stack }: Whole,
  tenant: OwnTenant,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  await stack.api.request('POST', `/tenants/${tenant.id}/act-as`, { reason: 'stories' });
  const headers = { 'destiny-tenant': tenant.id };
  return stack.api.request<T>(method, path, body, undefined, headers);
}

/** Somebody at the tenant's desk, with a key of his own and a line to the simulated carrier. */
export async function newAgent(whole: Whole, tenant: OwnTenant, name: string) {
  const { id, key } = await asAdmin<{ id: string; key: string }>(
    ...[whole, tenant, 'POST', '/api-keys'],
    { name, scopes: ['agents:read', 'agents:work', 'calls:read'] },
  );
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const base = `${whole.stack.appUrl}/api/v1`;
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await fetch(`${base}${path}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  const phone = new HttpSoftphone({
    newToken: () => ask<LineToken>('POST', '/agent/token'),
    fetch: (url, init) => fetch(url, init),
    wait: (ms, then) => void setTimeout(then, ms),
  });
  const seen: DeskClientState[] = [];
  const client = new DeskClient({
    open: () => {
      const url = `${base.replace('http', 'ws')}/agent/desk`;
      // Node's WebSocket takes headers beside what browsers know.
      return new WebSocket(url, { headers } as unknown as string[]) as unknown as DeskSocket;
    },
    softphone: phone,
    onChange: (state) => seen.push(state),
    wait: (ms, then) => void setTimeout(then, ms),
    random: Math.random,
  });
  const when = <T>(found: (state: DeskClientState) => T | null | undefined | false) =>
    until(async () => found(client.state) || null);
  await when(({ agent }) => agent);
  return {
    ...{ id, name, client, phone, seen, ask, when },
    available: async () => {
      client.set('available');
      await when(({ agent }) => agent?.presence === 'available');
    },
    offered: () => when(({ offers }) => offers[0]),
    /** Takes the first offer, and is in the room. */
    take: async () => {
      const offer = await when(({ offers }) => offers[0]);
      client.accept(offer.id);
      return when(({ talk }) => talk?.stage === 'talking' && talk);
    },
    presence: (presence: string) => when(({ agent }) => agent?.presence === presence),
  };
}
