import { DeskClient, type DeskSocket } from '../../../src/agents/client.ts';
import { HttpSoftphone, type LineToken } from '../../../src/agents/http-softphone.ts';
import type { Stack } from '../../local/stack.ts';

/** How long an agent talks, in real milliseconds. */
const TALK_MS = 400;

export type MixAgent = { readonly close: () => void; readonly talks: () => number };

/** Somebody at a tenant's desk who takes whoever is offered, talks for a moment and hangs up. */
export async function hireAgent(stack: Stack, tenantId: string): Promise<MixAgent> {
  const { api } = stack;
  await api.request('POST', `/tenants/${tenantId}/act-as`, { reason: 'demonstration' });
  const acting = { 'destiny-tenant': tenantId };
  const scopes = ['agents:read', 'agents:work', 'calls:read'];
  const { key } = await api.request<{ key: string }>(
    ...(['POST', '/api-keys', { name: 'Agent', scopes }, undefined, acting] as const),
  );
  await api.request(
    'PUT',
    '/agents/settings',
    { offersAtOnce: 1, ringSeconds: 30, waitSeconds: 600, wrapUpSeconds: 0, queueWhenBusy: true },
    undefined,
    acting,
  );
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const base = `${stack.appUrl}/api/v1`;
  const phone = new HttpSoftphone({
    newToken: async () =>
      (await (await fetch(`${base}/agent/token`, { method: 'POST', headers })).json()) as LineToken,
    fetch: (url, init) => fetch(url, init),
    wait: (ms, then) => void setTimeout(then, ms),
  });
  const taken = new Set<string>();
  let talks = 0;
  const client = new DeskClient({
    open: () => {
      const url = `${base.replace('http', 'ws')}/agent/desk`;
      // Node's WebSocket takes headers beside what browsers know.
      return new WebSocket(url, { headers } as unknown as string[]) as unknown as DeskSocket;
    },
    softphone: phone,
    onChange: ({ offers, talk, agent }) => {
      for (const { id } of offers) {
        if (taken.has(id)) continue;
        taken.add(id);
        client.accept(id);
      }
      if (talk?.stage === 'talking' && !taken.has(talk.callId)) {
        taken.add(talk.callId);
        talks += 1;
        setTimeout(() => phone.hangUp(), TALK_MS);
      }
      if (agent?.presence === 'away' || agent?.presence === 'wrap_up') client.set('available');
    },
    wait: (ms, then) => void setTimeout(then, ms),
    random: Math.random,
  });
  for (let tries = 0; client.state.agent?.presence !== 'available' && tries < 100; tries++) {
    if (client.state.agent !== null) client.set('available');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { close: () => client.close(), talks: () => talks };
}
