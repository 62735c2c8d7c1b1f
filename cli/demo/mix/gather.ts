import type { CallEvent } from '../../../src/db/event-store.ts';
import type { CarrierCallRow } from '../../local/simulator-client.ts';
import type { Stack } from '../../local/stack.ts';
import type { MixCall, MixGathered } from './report.ts';

export type MixTenant = {
  readonly tenantId: string;
  readonly campaignIds: readonly string[];
  readonly numbers: readonly string[];
};

type Row = {
  readonly id: string;
  readonly twilioSid: string | null;
  readonly status: string;
  readonly direction: string;
  readonly fromNumber: string;
  readonly toNumber: string;
  readonly endedAt: number | null;
};

/** Reads both sides as they stand now. */
export async function gatherMix(stack: Stack, tenants: readonly MixTenant[]): Promise<MixGathered> {
  const account = `/accounts/${stack.secrets.accountSid}`;
  const { simulator } = stack;
  const ledger: MixCall[] = [];
  const counts = { messages: 0, stored: 0, waiting: 0 };
  for (const { tenantId, campaignIds } of tenants) {
    const get = <T>(path: string) => stack.api.request<T>('GET', path, undefined, tenantId);
    for (const row of await everyCall(get)) {
      const { events } = await get<{ events: CallEvent[] }>(`/calls/${row.id}`);
      const sounds = await get<{ recordings: { state: string }[] }>(`/calls/${row.id}/recordings`);
      counts.stored += sounds.recordings.filter(({ state }) => state === 'stored').length;
      const [ownNumber, peer] =
        row.direction === 'outbound'
          ? [row.fromNumber, row.toNumber]
          : [row.toNumber, row.fromNumber];
      ledger.push({ ...row, tenantId, ownNumber, peer, events });
    }
    const { threads } = await get<{ threads: { id: string }[] }>('/threads?limit=500');
    for (const { id } of threads) {
      const shown = await get<{ messages: unknown[] }>(`/threads/${id}?limit=500`);
      counts.messages += shown.messages.length;
    }
    for (const campaignId of campaignIds) {
      const { contacts } = await get<{ contacts: Record<string, number> }>(
        `/campaigns/${campaignId}`,
      );
      counts.waiting += (contacts.pending ?? 0) + (contacts.due ?? 0) + (contacts.active ?? 0);
    }
  }
  const { calls } = await simulator.request<{ calls: CarrierCallRow[] }>(
    'GET',
    `${account}/calls?limit=5000`,
  );
  const { messages } = await simulator.request<{ messages: unknown[] }>(
    'GET',
    `${account}/messages?limit=5000`,
  );
  const { recordings } = await simulator.request<{ recordings: unknown[] }>(
    'GET',
    `${account}/recordings`,
  );
  return {
    numbersOf: new Map(tenants.map(({ tenantId, numbers }) => [tenantId, new Set(numbers)])),
    // An agent's page calls the desk itself; the caller's leg is the call.
    carrier: calls.filter(({ from }) => !from.startsWith('client:')),
    ledger,
    messages: { carrier: messages.length, ledger: counts.messages },
    recordings: { carrier: recordings.length, stored: counts.stored },
    waiting: counts.waiting,
  };
}

async function everyCall(get: <T>(path: string) => Promise<T>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor = ''; ; ) {
    const page = await get<{ calls: Row[]; nextCursor: string | null }>(
      `/calls?limit=500${cursor}`,
    );
    rows.push(...page.calls);
    if (page.nextCursor === null) return rows;
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
}
