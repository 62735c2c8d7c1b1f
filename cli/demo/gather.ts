import type { CallPage, CallRow } from '../../src/calls/list-calls.ts';
import type { CallEvent } from '../../src/db/event-store.ts';
import type { Stack } from '../local/stack.ts';
import type { DemoCampaign } from './campaign.ts';
import { type DemoProgress, readTogether } from './tenants.ts';

/** One call as the carrier's own log has it. */
export type CarrierCall = {
  readonly sid: string;
  readonly to: string;
  readonly from: string;
  readonly status: string;
  readonly url: string | null;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
};
export type CarrierEntry = {
  readonly id: number;
  readonly kind: string;
  readonly callSid: string | null;
  readonly status?: number;
  readonly callStatus?: string;
  readonly sequence?: number;
  readonly url?: string;
};
type Spread = { readonly p50: number | null; readonly p99: number | null };
export type CarrierSummary = {
  readonly maxCreatesInAnySecond: number;
  readonly maxStartsInAnySecond: number;
  readonly turnWebhookMs: Spread;
  readonly audioFetchMs: Spread;
  readonly deadAirMs: Spread;
  readonly errorCount: number;
  readonly errors: readonly unknown[];
};
export type LedgerCall = CallRow & { readonly events: readonly CallEvent[] };

/** Both sides of the story: what the ledger holds, and what the phone company saw. */
export type Gathered = {
  readonly progress: DemoProgress;
  readonly tenants: readonly {
    readonly demo: DemoCampaign;
    readonly calls: readonly LedgerCall[];
  }[];
  /** The calls of all tenants. */
  readonly ledger: readonly LedgerCall[];
  readonly carrier: readonly CarrierCall[];
  readonly carrierLog: readonly CarrierEntry[];
  readonly summary: CarrierSummary;
  readonly google: {
    readonly answers: Readonly<Record<string, number>>;
    readonly characters: number;
  };
};

const PAGE = 500;
const AT_ONCE = 8;

export async function gather(stack: Stack, demos: readonly DemoCampaign[]): Promise<Gathered> {
  const account = `/accounts/${stack.secrets.accountSid}`;
  const [progress, tenants, carrier, carrierLog, summary, google] = await Promise.all([
    readTogether(stack, demos),
    Promise.all(demos.map(async (demo) => ({ demo, calls: await ledgerCalls(stack, demo) }))),
    carrierCalls(stack, account),
    log(stack, account),
    stack.simulator.request<CarrierSummary>('GET', `${account}/summary`),
    stack.simulator.request<Gathered['google']>('GET', '/google'),
  ]);
  const ledger = tenants.flatMap(({ calls }) => calls);
  return { progress, tenants, ledger, carrier, carrierLog, summary, google };
}

export async function ledgerPage(
  stack: Stack,
  demo: DemoCampaign,
  cursor: string | null,
): Promise<CallPage> {
  const query = new URLSearchParams({ campaignId: demo.campaignId, limit: String(PAGE) });
  if (cursor !== null) query.set('cursor', cursor);
  return stack.api.request('GET', `/calls?${query}`, undefined, demo.tenantId);
}

async function ledgerCalls(stack: Stack, demo: DemoCampaign): Promise<LedgerCall[]> {
  const rows: CallRow[] = [];
  let cursor: string | null = null;
  do {
    const page: CallPage = await ledgerPage(stack, demo, cursor);
    rows.push(...page.calls);
    cursor = page.nextCursor;
  } while (cursor !== null);

  const calls: LedgerCall[] = [];
  for (let i = 0; i < rows.length; i += AT_ONCE) {
    calls.push(
      ...(await Promise.all(rows.slice(i, i + AT_ONCE).map((row) => withEvents(stack, demo, row)))),
    );
  }
  return calls;
}

export async function withEvents(
  stack: Stack,
  demo: DemoCampaign,
  row: CallRow,
): Promise<LedgerCall> {
  const { events } = await stack.api.request<{ events: CallEvent[] }>(
    'GET',
    `/calls/${row.id}`,
    undefined,
    demo.tenantId,
  );
  return { ...row, events };
}

async function carrierCalls(stack: Stack, account: string): Promise<CarrierCall[]> {
  const calls: CarrierCall[] = [];
  let cursor: number | null = 0;
  while (cursor !== null) {
    const page: { calls: CarrierCall[]; next: number | null } = await stack.simulator.request(
      'GET',
      `${account}/calls?cursor=${cursor}&limit=${PAGE}`,
    );
    calls.push(...page.calls);
    cursor = page.next;
  }
  return calls;
}

async function log(stack: Stack, account: string): Promise<CarrierEntry[]> {
  const entries: CarrierEntry[] = [];
  for (let after = 0; ; ) {
    const page: { entries: CarrierEntry[]; next: number } = await stack.simulator.request(
      'GET',
      `${account}/log?after=${after}&limit=5000`,
    );
    entries.push(...page.entries);
    if (page.entries.length === 0) return entries;
    after = page.next;
  }
}
