import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CarrierCallRow } from '../../cli/local/simulator-client.ts';
import { type Stack, type StackOptions, startStack } from '../../cli/local/stack.ts';
import type { RecordingRow } from '../../workers/simulator/carrier/recordings.ts';

export type Whole = Awaited<ReturnType<typeof startWhole>>;
export type OwnTenant = Awaited<ReturnType<Whole['newTenant']>>;

/** A call as `GET /calls/{id}` shows it, as far as stories look at it. */
export type ShownCall = {
  readonly id: string;
  readonly direction: string;
  readonly status: string;
  readonly outcome: string | null;
  readonly twilioSid: string | null;
  readonly fromNumber: string;
  readonly toNumber: string;
  readonly contactId: string | null;
  readonly answeredBy: string | null;
};
export type ShownEvent = { readonly type: string; readonly detail: Record<string, unknown> };

/** All Workers as processes of their own, on a folder that goes away with them. */
export async function startWhole(options: Partial<StackOptions> = {}) {
  const stateDir = mkdtempSync(join(tmpdir(), 'destiny-story-'));
  const pace = { timeScale: 8, seed: 11, callsPerSecond: 10, cronEveryMs: 500 };
  const stack = await startStack({ stateDir, ...pace, ...options });
  const { api, simulator, secrets } = stack;
  await api.request('PUT', `/carrier-accounts/${secrets.accountSid}`, {
    authToken: secrets.authToken,
    ...{ callsPerSecond: pace.callsPerSecond, maxConcurrentCalls: 500 },
  });
  let numbers = 0;
  const carrier = `/accounts/${secrets.accountSid}`;
  return {
    stack,
    stateDir,
    newTenant: async (changed: Record<string, unknown> = {}) => {
      const { id } = await api.request<{ id: string }>('POST', '/tenants', {
        name: 'Harbour Dental',
        ...{ plan: 'FULL', timeZone: 'America/New_York', callingCodes: ['1'] },
        ...{ isOuterWindowLifted: true, carrierAccountSid: secrets.accountSid },
        ...changed,
      });
      return ownTenant(stack, id, () => `+1212555${String(1000 + numbers++)}`);
    },
    callees: (callees: readonly { number: string; persona: unknown }[]) =>
      simulator.request('PUT', `${carrier}/callees`, { callees }),
    callIn: (call: { to: string; from: string; persona?: unknown }) =>
      simulator.request<CarrierCallRow>('POST', `${carrier}/inbound`, call),
    carrierCalls: async () => {
      const { calls } = await simulator.request<{ calls: CarrierCallRow[] }>(
        'GET',
        `${carrier}/calls?limit=5000`,
      );
      return calls;
    },
    recordings: async () => {
      const path = `${carrier}/recordings`;
      return (await simulator.request<{ recordings: RecordingRow[] }>('GET', path)).recordings;
    },
    heard: async (sid: string) => {
      const { entries } = await simulator.request<{ entries: Record<string, unknown>[] }>(
        'GET',
        `${carrier}/calls/${sid}/log`,
      );
      return entries;
    },
    stop: async () => {
      await stack.stop();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

function ownTenant({ api, simulator }: Stack, id: string, nextNumber: () => string) {
  const post = <T>(path: string, body?: unknown) => api.request<T>('POST', path, body, id);
  const get = <T>(path: string) => api.request<T>('GET', path, undefined, id);
  return {
    id,
    post,
    get,
    script: async (content: string) => {
      const { id: scriptId } = await post<{ id: string }>('/scripts', { name: 'Story', content });
      await post(`/scripts/${scriptId}/publish`);
      return scriptId;
    },
    /** A number that Twilio has, with our webhooks; a script answers it when one is given. */
    number: async (scriptId: string | null) => {
      const e164 = nextNumber();
      await simulator.twilio('POST', '/IncomingPhoneNumbers.json', { PhoneNumber: e164 });
      const path = `/tenants/${id}/numbers`;
      const number = await api.request<{ id: string }>('POST', path, { e164 });
      await post(`/numbers/${number.id}/webhooks/repair`);
      if (scriptId !== null) {
        const body = { inboundScriptId: scriptId };
        await api.request('PATCH', `/numbers/${number.id}`, body, id, { 'if-match': '"1"' });
      }
      return { id: number.id, e164 };
    },
    send: (text: { to: string; fromNumber: string; body: string }) =>
      api.request('POST', '/messages', text, id, { 'idempotency-key': crypto.randomUUID() }),
    call: (callId: string) => get<{ call: ShownCall; events: ShownEvent[] }>(`/calls/${callId}`),
    /** The ledger's call by the carrier's name, as soon as it is over. */
    finished: (sid: string) =>
      until(async () => {
        const { calls } = await get<{ calls: ShownCall[] }>('/calls?limit=100');
        const found = calls.find((call) => call.twilioSid === sid);
        const isOver = ['completed', 'busy', 'failed', 'no-answer', 'canceled'];
        if (found === undefined || !isOver.includes(found.status)) return null;
        return get<{ call: ShownCall; events: ShownEvent[] }>(`/calls/${found.id}`);
      }),
  };
}

/** Asks until there is an answer. */
export async function until<T>(ask: () => Promise<T | null>, withinMs = 30_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await ask();
    if (found !== null) return found;
    if (Date.now() > deadline) throw new Error(`Nothing came of it within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
