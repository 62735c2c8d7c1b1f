import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Stack, startStack } from '../cli/local/stack.ts';
import { ROOT } from '../cli/local/wrangler.ts';
import {
  CPU_PRICE_PER_MILLION_MS,
  dollarsOf,
  NO_OPERATIONS,
  type Operations,
} from './cost/prices.ts';
import type { Figure } from './figure.ts';

const CALLS = 200;
const PER = 1000;
const OVER_WITHIN_MS = 180_000;
/** What the ledger and deletions still have to do after the last copy. */
const SETTLES_MS = 5000;
/** The campaign's speech is made once. Cron claims each call: its ticks are part of the price. */
const NOT_PER_CALL = ['destiny-prime', 'speech'];
const SCRIPT = `[start]
Hi {{firstName}}, this is {{tenantName}}. Can you come? Press 1 for yes.
-> 1: b
-> else: END #no_response
[b]
Will you bring your card? Press 1 for yes.
-> 1: c
-> else: END #no_response
[c]
Shall we send you a reminder? Press 1 for yes.
-> 1: d
-> else: END #no_response
[d]
Do you know the way? Press 1 for yes.
-> 1: END #confirmed
-> else: END #no_response
`;
const PRESSES_1 = {
  attempts: [
    { outcome: 'answers', reactions: Array.from({ length: 4 }, () => ({ do: { press: '1' } })) },
  ],
};

/**
 * What Cloudflare would bill for a thousand calls of four turns, each with a recording and one
 * sentence of its own, by the operations that the Worker really makes.
 */
export async function costBench(): Promise<Figure[]> {
  const stateDir = mkdtempSync(join(tmpdir(), 'destiny-bench-cost-'));
  const stack = await startStack({
    ...{ stateDir, timeScale: 1, seed: 1, callsPerSecond: 10, cronEveryMs: 10_000 },
    voiceConfig: countingConfig(stateDir),
  });
  try {
    const campaignId = await prepare(stack);
    const cpuBefore = cpuMsOf(stateDir);
    await takeCounts(stack);
    await stack.api.request(
      'POST',
      `/campaigns/${campaignId.id}/launch`,
      undefined,
      campaignId.tenantId,
    );
    await untilOver(stack, campaignId);
    await untilStored(stack, campaignId);
    await new Promise((resolve) => setTimeout(resolve, SETTLES_MS));
    const counts = await takeCounts(stack);
    return figuresOf(counts, cpuMsOf(stateDir) - cpuBefore);
  } finally {
    await stack.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

/** The configuration of workers/voice with the entry that counts. */
function countingConfig(stateDir: string): string {
  const file = join(stateDir, 'counting.toml');
  const entry = join(ROOT, 'bench', 'cost-worker', 'index.ts');
  const own = readFileSync(join(ROOT, 'wrangler.toml'), 'utf8');
  const migrations = join(ROOT, 'migrations');
  writeFileSync(
    file,
    own
      .replace('main = "workers/voice/index.ts"', `main = "${entry}"`)
      .replaceAll('migrations_dir = "migrations', `migrations_dir = "${migrations}`),
  );
  return file;
}

type Prepared = { readonly id: string; readonly tenantId: string };

async function prepare({ api, simulator, secrets }: Stack): Promise<Prepared> {
  const { accountSid, authToken } = secrets;
  const numbers = Array.from({ length: CALLS }, (_, i) => `+1212555${String(1000 + i)}`);
  await api.request('PUT', `/carrier-accounts/${accountSid}`, {
    ...{ authToken, callsPerSecond: 10, maxConcurrentCalls: 500 },
  });
  await simulator.request('PUT', `/accounts/${accountSid}/callees`, {
    callees: numbers.map((number) => ({ number, persona: PRESSES_1 })),
  });
  const { id: tenantId } = await api.request<{ id: string }>('POST', '/tenants', {
    ...{ name: 'Bench', plan: 'FULL', timeZone: 'America/New_York', callingCodes: ['1'] },
    ...{ isOuterWindowLifted: true, carrierAccountSid: accountSid },
  });
  const post = <T>(path: string, body?: unknown) => api.request<T>('POST', path, body, tenantId);
  const { id: scriptId } = await post<{ id: string }>('/scripts', { name: 'B', content: SCRIPT });
  await post(`/scripts/${scriptId}/publish`);
  const fromNumber = '+12125550199';
  await simulator.twilio('POST', '/IncomingPhoneNumbers.json', { PhoneNumber: fromNumber });
  await api.request('POST', `/tenants/${tenantId}/numbers`, { e164: fromNumber });
  const { id } = await post<{ id: string }>('/campaigns', {
    ...{ name: 'Bench', scriptId, fromNumber, recordsCalls: true, retrySeconds: [] },
    ...{ opensMinute: 0, closesMinute: 1440 },
  });
  const contacts = numbers.map((number, i) => ({
    ...{ externalId: number, number, fields: { firstName: `Person ${i}` } },
  }));
  for (let first = 0; first < contacts.length; first += 100) {
    const page = contacts.slice(first, first + 100);
    const saved = await post<{ contacts: { id: string }[] }>('/contacts', { contacts: page });
    const contactIds = saved.contacts.map((one) => one.id);
    await post(`/campaigns/${id}/contacts`, { contactIds });
  }
  return { id, tenantId };
}

async function untilOver({ api }: Stack, { id, tenantId }: Prepared): Promise<void> {
  const deadline = Date.now() + OVER_WITHIN_MS;
  for (;;) {
    const { state, contacts } = await api.request<{
      state: string;
      contacts: Record<string, number>;
    }>('GET', `/campaigns/${id}`, undefined, tenantId);
    if (state === 'finished' && contacts.done === CALLS) return;
    if (Date.now() > deadline) throw new Error(`Not over: ${state}, ${JSON.stringify(contacts)}`);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** Until every call's recording is in our own store. */
async function untilStored({ api }: Stack, { tenantId }: Prepared): Promise<void> {
  const deadline = Date.now() + OVER_WITHIN_MS;
  const { calls } = await api.request<{ calls: { id: string }[] }>(
    ...(['GET', `/calls?limit=${CALLS}`, undefined, tenantId] as const),
  );
  for (const { id } of calls) {
    for (;;) {
      const { recordings } = await api.request<{ recordings: { state: string }[] }>(
        ...(['GET', `/calls/${id}/recordings`, undefined, tenantId] as const),
      );
      if (recordings.some(({ state }) => state === 'stored')) break;
      if (Date.now() > deadline) throw new Error(`The recording of ${id} is not stored`);
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

type Counts = {
  readonly steps: Readonly<Record<string, Operations>>;
  readonly writes: Readonly<Record<string, number>>;
};

async function takeCounts({ appUrl }: Stack): Promise<Counts> {
  const response = await fetch(`${appUrl}/voice/bench/counts`, { method: 'POST' });
  if (!response.ok) throw new Error(`The counts answered ${response.status}`);
  return (await response.json()) as Counts;
}

/** Of the workerd that has this folder's databases open, their work included; 0 without /proc. */
function cpuMsOf(stateDir: string): number {
  const TICK_MS = 10;
  const ticks = processesOn(join(stateDir, 'store')).map((pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return Number(fields[11]) + Number(fields[12]);
  });
  return ticks.reduce((sum, own) => sum + own, 0) * TICK_MS;
}

function processesOn(folder: string): string[] {
  const isOpenIn = (pid: string) => {
    try {
      return readdirSync(`/proc/${pid}/fd`).some((fd) =>
        readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith(folder),
      );
    } catch {
      return false;
    }
  };
  return existsSync('/proc')
    ? readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && isOpenIn(pid))
    : [];
}

function figuresOf({ steps: counts, writes }: Counts, cpuMs: number): Figure[] {
  const scale = PER / CALLS;
  const what = `${PER} calls`;
  const perCall = Object.entries(counts).filter(
    ([step]) => !NOT_PER_CALL.some((name) => step.startsWith(name)),
  );
  const all = perCall.reduce<Operations>(
    (sum, [, own]) => {
      for (const name of Object.keys(sum) as (keyof Operations)[]) sum[name] += own[name];
      return sum;
    },
    { ...NO_OPERATIONS },
  );
  const steps = perCall
    .map(([step, own]) => ({ step, cents: dollarsOf(own) * scale * 100 }))
    .sort((a, b) => b.cents - a.cents);
  const dollars = dollarsOf(all) * scale;
  const cpu = (cpuMs * scale * CPU_PRICE_PER_MILLION_MS) / 1_000_000;
  return [
    ...(Object.keys(all) as (keyof Operations)[]).map(
      (name): Figure => ({ bench: 'cost', what, value: all[name] * scale, unit: name }),
    ),
    ...steps.map(
      ({ step, cents }): Figure => ({
        bench: 'cost',
        what: step,
        value: cents,
        unit: 'cents for 1,000 calls',
      }),
    ),
    ...Object.entries(writes)
      .filter(([step]) => !NOT_PER_CALL.some((name) => step.startsWith(name)))
      .sort((a, b) => b[1] - a[1])
      .map(([step, rows]): Figure => {
        return { bench: 'cost', what: step, value: rows / CALLS, unit: 'rows written a call' };
      }),
    { bench: 'cost', what, value: cpu, unit: 'dollars of CPU, local databases included' },
    { bench: 'cost', what, value: dollars + cpu, unit: 'dollars', most: 0.12 },
  ];
}
