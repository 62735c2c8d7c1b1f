import type { Stack } from '../../local/stack.ts';
import { demoTenants, prepareAccount, prepareCampaign } from '../campaign.ts';
import { people } from '../people.ts';
import { splitEvenly } from '../tenants.ts';
import { hireAgent, type MixAgent } from './agent.ts';
import { gatherMix, type MixTenant } from './gather.ts';
import { type MixReport, mixFaults, mixReport } from './report.ts';
import { MENU, OUTSIDE, presses, TEXTS } from './scripts.ts';

const TENANTS = 2;
const CALLERS = 24;
const WRITERS = 8;
/** A campaign of texts to so many, at a text a second. */
const READERS = 12;
const CALL_IN_EVERY_MS = 250;
const GIVE_UP_AFTER_MS = 300_000;
const LOOK_EVERY_MS = 3_000;

/** Campaigns by call and by text, inbound, transfers, voicemail and texts of two tenants at the same time. */
export async function runMix(
  stack: Stack,
  options: { readonly contacts: number; readonly cps: number; readonly seed: number },
): Promise<{ readonly report: MixReport; readonly faults: readonly string[] }> {
  const persons = people(options.contacts, options.seed);
  await prepareAccount(stack, persons, options.cps);
  await addCallees(stack);
  const parts = splitEvenly(persons, TENANTS);
  const tenants: MixTenant[] = [];
  const lines: { readonly voice: string; readonly text: string }[] = [];
  const agents: MixAgent[] = [];
  for (const [i, tenant] of demoTenants(TENANTS).entries()) {
    const { tenantId, campaignId } = await prepareCampaign(stack, parts[i] ?? [], tenant);
    const voice = await number(stack, tenantId, `+1212555${3000 + i}`, MENU, true);
    const text = await number(stack, tenantId, `+1212555${4000 + i}`, TEXTS, false);
    const texted = await textCampaign(stack, tenantId, text, i);
    const campaignIds = [campaignId, texted];
    tenants.push({ tenantId, campaignIds, numbers: [tenant.fromNumber, voice, text] });
    lines.push({ voice, text });
    agents.push(await hireAgent(stack, tenantId));
  }
  await speechMade(stack);
  console.log('Calling, answering, handing over, recording and writing ...');
  await Promise.all([
    ...tenants.flatMap(({ tenantId, campaignIds }) =>
      campaignIds.map((id) =>
        stack.api.request('POST', `/campaigns/${id}/launch`, undefined, tenantId),
      ),
    ),
    callIn(stack, lines, options.seed),
    write(stack, lines),
  ]);
  const settled = await settle(stack, tenants);
  for (const agent of agents) agent.close();
  return settled;
}

/** Looks again until both sides agree, or says what they do not agree about. */
async function settle(stack: Stack, tenants: readonly MixTenant[]) {
  const deadline = Date.now() + GIVE_UP_AFTER_MS;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const report = mixReport(await gatherMix(stack, tenants));
    const faults = mixFaults(report);
    if (faults.length === 0 || Date.now() > deadline) return { report, faults };
  }
}

/** A number that was given a script a moment ago has its speech made; callers come after that. */
async function speechMade({ simulator }: Stack): Promise<void> {
  const made = async () => {
    const { answers } = await simulator.request<{ answers: Record<string, number> }>(
      ...(['GET', '/google'] as const),
    );
    return Object.values(answers).reduce((sum, n) => sum + n, 0);
  };
  for (let before = -1, now = await made(); now !== before; ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    [before, now] = [now, await made()];
  }
}

async function addCallees({ simulator, secrets }: Stack): Promise<void> {
  const office = { outcome: 'answers', ringSeconds: 4, hangUpAfterSeconds: 20 };
  const callees = [
    { number: OUTSIDE, persona: { attempts: [office] } },
    ...Array.from({ length: TENANTS * WRITERS }, (_, i) => {
      return { number: writer(i), persona: ANSWERS_ONCE };
    }),
    ...Array.from({ length: TENANTS * READERS }, (_, i) => {
      return { number: reader(i), persona: ANSWERS_ONCE };
    }),
  ];
  await simulator.request('PUT', `/accounts/${secrets.accountSid}/callees`, { callees });
}

/** To the question, and not to the thanks: two machines would write to each other for ever. */
const ANSWERS_ONCE = {
  attempts: [{ outcome: 'answers', reactions: [{ onPrompt: 1, do: { press: '1' } }] }],
};

const reader = (i: number) => `+1415558${String(i).padStart(4, '0')}`;
const writer = (i: number) => `+1415557${String(i).padStart(4, '0')}`;

/** A number of the tenant that a script answers. */
async function number(
  { api, simulator }: Stack,
  tenantId: string,
  e164: string,
  content: string,
  recordsCalls: boolean,
): Promise<string> {
  const post = <T>(path: string, body?: unknown) => api.request<T>('POST', path, body, tenantId);
  const script = await post<{ id: string }>('/scripts', { name: e164, content });
  await post(`/scripts/${script.id}/publish`);
  await simulator.twilio('POST', '/IncomingPhoneNumbers.json', { PhoneNumber: e164 });
  const own = await api.request<{ id: string }>('POST', `/tenants/${tenantId}/numbers`, { e164 });
  await post(`/numbers/${own.id}/webhooks/repair`);
  const settings = { inboundScriptId: script.id, recordsCalls };
  await api.request('PATCH', `/numbers/${own.id}`, settings, tenantId, { 'if-match': '"1"' });
  return e164;
}

/** From the number that answers texts too, with the same script. */
async function textCampaign(
  { api }: Stack,
  tenantId: string,
  fromNumber: string,
  tenant: number,
): Promise<string> {
  const post = <T>(path: string, body?: unknown) => api.request<T>('POST', path, body, tenantId);
  const script = await post<{ id: string }>('/scripts', { name: 'By text', content: TEXTS });
  await post(`/scripts/${script.id}/publish`);
  const hours = { opensMinute: 0, closesMinute: 1440, retrySeconds: [] };
  const { id } = await post<{ id: string }>('/campaigns', {
    ...{ name: 'Reminders by text', channel: 'sms', scriptId: script.id, fromNumber, ...hours },
  });
  const contacts = Array.from({ length: READERS }, (_, i) => {
    const number = reader(tenant * READERS + i);
    return { externalId: number, number, fields: {} };
  });
  const saved = await post<{ contacts: { id: string }[] }>('/contacts', { contacts });
  await post(`/campaigns/${id}/contacts`, { contactIds: saved.contacts.map((one) => one.id) });
  return id;
}

async function callIn(
  { simulator, secrets }: Stack,
  lines: readonly { readonly voice: string }[],
  seed: number,
): Promise<void> {
  for (let i = 0; i < CALLERS; i++) {
    for (const [t, { voice: to }] of lines.entries()) {
      const from = `+1415556${String(t * 1000 + i).padStart(4, '0')}`;
      const persona = presses(String(((i + seed) % 4) + 1));
      await simulator.request('POST', `/accounts/${secrets.accountSid}/inbound`, {
        ...{ to, from, persona },
      });
    }
    await new Promise((resolve) => setTimeout(resolve, CALL_IN_EVERY_MS));
  }
}

async function write(
  { simulator, secrets }: Stack,
  lines: readonly { readonly text: string }[],
): Promise<void> {
  for (let i = 0; i < WRITERS; i++) {
    for (const [t, { text: to }] of lines.entries()) {
      const from = writer(t * WRITERS + i);
      const text = { to, from, body: 'hello' };
      await simulator.request('POST', `/accounts/${secrets.accountSid}/texts`, text);
    }
  }
}
