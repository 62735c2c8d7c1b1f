import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CarrierCallRow } from '../../cli/local/simulator-client.ts';
import { type Stack, startStack } from '../../cli/local/stack.ts';

const CAMPAIGNS = 10;
const PEOPLE = 50;
const ROUNDS = 500;
const SCRIPT = `[start]
This is Harbour Dental. Will you come? Press 1 for yes.
-> 1, @yes: END #confirmed
-> else: END #no_response
`;

let stack: Stack;
const stateDir = mkdtempSync(join(tmpdir(), 'destiny-race-'));

beforeAll(async () => {
  const pace = { timeScale: 4, seed: 11, callsPerSecond: 30, cronEveryMs: 500 };
  stack = await startStack({ stateDir, ...pace });
});
afterAll(async () => {
  await stack.stop();
  rmSync(stateDir, { recursive: true, force: true });
});

/** A number or a campaign that may not be dialled between two moments. */
type Ban = { readonly key: string; readonly from: number; until: number };

test('500 pauses, stops and opt-outs beside the dialling Workers: nobody is dialled after one', async () => {
  const tenantId = await newTenant();
  const campaigns = await Promise.all(
    Array.from({ length: CAMPAIGNS }, (_, i) => newCampaign(tenantId, i)),
  );
  const post = (path: string, body?: unknown) => stack.api.request('POST', path, body, tenantId);
  await Promise.all(campaigns.map((id) => post(`/campaigns/${id}/speech`)));
  await Promise.all(campaigns.map((id) => untilPrimed(tenantId, id)));
  await Promise.all(campaigns.map((id) => post(`/campaigns/${id}/launch`)));

  while ((await carrierCalls()).length === 0) await pause(100);
  const bans: Ban[] = [];
  const ban = (key: string): Ban => {
    const made = { key, from: Date.now(), until: Number.POSITIVE_INFINITY };
    bans.push(made);
    return made;
  };
  const race = async (round: number) => {
    const campaign = round % CAMPAIGNS;
    const id = campaigns[campaign] ?? '';
    if ((round + Math.floor(round / CAMPAIGNS)) % 5 < 3) {
      const e164 = numberOf(campaign, (round * 7) % PEOPLE);
      await post('/suppressions', { e164 });
      ban(e164);
    } else if (round < ROUNDS - 50) {
      if (!(await isChanged(post(`/campaigns/${id}/pause`)))) return;
      const own = ban(id);
      // The moment before the wish: from then on dialling is right again.
      own.until = Date.now();
      await isChanged(post(`/campaigns/${id}/launch`));
    } else if (await isChanged(post(`/campaigns/${id}/stop`))) ban(id);
  };
  // A campaign's wishes come one after another; campaigns race side by side.
  await Promise.all(
    campaigns.map(async (_, campaign) => {
      for (let round = campaign; round < ROUNDS; round += CAMPAIGNS) await race(round);
    }),
  );
  for (const id of campaigns) await isChanged(post(`/campaigns/${id}/stop`));
  const calls = await untilCarrierRests();

  const dials = readDials(stateDir);
  const late = dials.filter(({ e164, campaignId, dialingAt }) =>
    bans.some(
      ({ key, from, until }) =>
        (key === e164 || key === campaignId) && dialingAt > from && dialingAt < until,
    ),
  );
  expect(late).toEqual([]);
  expect(calls.length).toBeLessThanOrEqual(dials.length);
  expect(new Set(calls.map(({ to }) => to)).size).toBeGreaterThan(20);
  expect(dials.length).toBeLessThan(CAMPAIGNS * PEOPLE);
}, 240_000);

/** False when the campaign was over already. */
async function isChanged(wish: Promise<unknown>): Promise<boolean> {
  try {
    await wish;
    return true;
  } catch (error) {
    if (String(error).includes('"conflict"')) return false;
    throw error;
  }
}

function numberOf(campaign: number, person: number): string {
  return `+1212${String(2_000_000 + campaign * 1_000 + person)}`;
}

async function newTenant(): Promise<string> {
  const { api, secrets } = stack;
  await api.request('PUT', `/carrier-accounts/${secrets.accountSid}`, {
    authToken: secrets.authToken,
    callsPerSecond: 30,
    maxConcurrentCalls: 500,
  });
  const { id } = await api.request<{ id: string }>('POST', '/tenants', {
    name: 'Harbour Dental',
    plan: 'FULL',
    timeZone: 'America/New_York',
    callingCodes: ['1'],
    isOuterWindowLifted: true,
    carrierAccountSid: secrets.accountSid,
  });
  await api.request('POST', `/tenants/${id}/numbers`, { e164: '+12125550199' });
  return id;
}

async function newCampaign(tenantId: string, n: number): Promise<string> {
  const post = <T>(path: string, body?: unknown) =>
    stack.api.request<T>('POST', path, body, tenantId);
  const script = await post<{ id: string }>('/scripts', { name: `Race ${n}`, content: SCRIPT });
  await post(`/scripts/${script.id}/publish`);
  const numbers = Array.from({ length: PEOPLE }, (_, person) => numberOf(n, person));
  await stack.simulator.request('PUT', `/accounts/${stack.secrets.accountSid}/callees`, {
    callees: numbers.map((number) => ({ number, persona: 'no-answer' })),
  });
  const added = await post<{ contacts: { id: string }[] }>('/contacts', {
    contacts: numbers.map((number) => ({ externalId: number, number, fields: {} })),
  });
  const campaign = await post<{ id: string }>('/campaigns', {
    name: `Race ${n}`,
    scriptId: script.id,
    fromNumber: '+12125550199',
    opensMinute: 0,
    closesMinute: 1440,
    retrySeconds: [],
  });
  const contactIds = added.contacts.map(({ id }) => id);
  await post(`/campaigns/${campaign.id}/contacts`, { contactIds });
  return campaign.id;
}

async function untilPrimed(tenantId: string, campaignId: string): Promise<void> {
  for (;;) {
    const { isPrimed } = await stack.api.request<{ isPrimed: boolean }>(
      'GET',
      `/campaigns/${campaignId}`,
      undefined,
      tenantId,
    );
    if (isPrimed) return;
    await pause(200);
  }
}

async function carrierCalls(): Promise<CarrierCallRow[]> {
  const { calls } = await stack.simulator.request<{ calls: CarrierCallRow[] }>(
    'GET',
    `/accounts/${stack.secrets.accountSid}/calls?limit=1000`,
  );
  return calls;
}

/** After the last stop nothing rings on, and nothing new begins. */
async function untilCarrierRests(): Promise<CarrierCallRow[]> {
  const open = new Set(['queued', 'initiated', 'ringing', 'in-progress']);
  for (;;) {
    const calls = await carrierCalls();
    if (calls.every(({ status }) => !open.has(status))) return calls;
    await pause(300);
  }
}

type Dial = { readonly e164: string; readonly campaignId: string; readonly dialingAt: number };

/** Every dialling write, from the databases on the disk. */
function readDials(directory: string): Dial[] {
  return globSync('store/v3/d1/**/*.sqlite', { cwd: directory }).flatMap((file) => {
    const database = new DatabaseSync(join(directory, file), { readOnly: true });
    try {
      return database
        .prepare(
          'SELECT e164, campaign_id AS campaignId, dialing_at AS dialingAt FROM attempt WHERE dialing_at IS NOT NULL',
        )
        .all() as unknown as Dial[];
    } catch {
      return [];
    } finally {
      database.close();
    }
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
