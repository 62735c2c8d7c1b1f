import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CampaignProgress } from '../../src/campaigns/read-progress.ts';
import { CONTACTS_PER_REQUEST } from '../../src/contract/shapes/work.ts';
import type { Stack } from '../local/stack.ts';
import { ROOT } from '../local/wrangler.ts';
import type { Person } from './people.ts';

export type DemoCampaign = {
  readonly tenantId: string;
  readonly campaignId: string;
  readonly fromNumber: string;
  readonly contacts: number;
};

export type DemoTenant = { readonly name: string; readonly fromNumber: string };

const FIRST_TENANT: DemoTenant = { name: 'Harbour Dental', fromNumber: '+12125550199' };

/** Tenants of one account; each calls from a number of its own. */
export function demoTenants(count: number): DemoTenant[] {
  return Array.from({ length: count }, (_, i) => ({
    name: i === 0 ? FIRST_TENANT.name : `${FIRST_TENANT.name} ${i + 1}`,
    fromNumber: `+1212555${String(199 - i).padStart(4, '0')}`,
  }));
}

/** Minutes would be right; a demonstration cannot wait for them. */
const RETRY_SECONDS = [4, 8, 12];

/** The account that all tenants of the demonstration share, and the people at the other end. */
export async function prepareAccount(
  { api, secrets, simulator }: Stack,
  persons: readonly Person[],
  callsPerSecond: number,
  maxConcurrentCalls = 500,
): Promise<void> {
  await api.request('PUT', `/carrier-accounts/${secrets.accountSid}`, {
    authToken: secrets.authToken,
    callsPerSecond,
    maxConcurrentCalls,
  });
  await simulator.request('PUT', `/accounts/${secrets.accountSid}/callees`, {
    callees: persons.map(({ number, persona }) => ({ number, persona })),
  });
}

/**
 * A published script, contacts and a campaign that is not launched; the tenant with its number is
 * made unless it is known from an earlier start.
 */
export async function prepareCampaign(
  stack: Stack,
  persons: readonly Person[],
  tenant: DemoTenant = FIRST_TENANT,
  knownTenantId: string | null = null,
): Promise<DemoCampaign> {
  const { fromNumber } = tenant;
  const tenantId = knownTenantId ?? (await createTenant(stack, tenant));
  const scriptId = await publishScript(stack, tenantId);
  const { id: campaignId } = await stack.api.request<{ id: string }>(
    'POST',
    '/campaigns',
    {
      name: 'Appointment reminders',
      scriptId,
      fromNumber,
      opensMinute: 0,
      closesMinute: 1440,
      retrySeconds: RETRY_SECONDS,
    },
    tenantId,
  );
  await enrolAll(stack, tenantId, campaignId, persons);
  return { tenantId, campaignId, fromNumber, contacts: persons.length };
}

async function createTenant(
  { api, secrets }: Stack,
  { name, fromNumber }: DemoTenant,
): Promise<string> {
  const { id } = await api.request<{ id: string }>('POST', '/tenants', {
    name,
    plan: 'FULL',
    timeZone: 'America/New_York',
    callingCodes: ['1'],
    // The demonstration must run at any hour of the day.
    isOuterWindowLifted: true,
    carrierAccountSid: secrets.accountSid,
  });
  await api.request('POST', `/tenants/${id}/numbers`, { e164: fromNumber });
  return id;
}

export function readCampaign(stack: Stack, demo: DemoCampaign): Promise<CampaignProgress> {
  return stack.api.request('GET', `/campaigns/${demo.campaignId}`, undefined, demo.tenantId);
}

async function publishScript(stack: Stack, tenantId: string): Promise<string> {
  const content = readFileSync(join(ROOT, 'cli/demo/appointment.destiny'), 'utf8');
  const body = { name: 'Appointment reminder', content };
  const { id } = await stack.api.request<{ id: string }>('POST', '/scripts', body, tenantId);
  await stack.api.request('POST', `/scripts/${id}/publish`, undefined, tenantId);
  return id;
}

async function enrolAll(
  stack: Stack,
  tenantId: string,
  campaignId: string,
  persons: readonly Person[],
): Promise<void> {
  for (let i = 0; i < persons.length; i += CONTACTS_PER_REQUEST) {
    const contacts = persons
      .slice(i, i + CONTACTS_PER_REQUEST)
      .map(({ externalId, number, fields }) => ({ externalId, number, fields }));
    const added = await stack.api.request<{
      contacts: { id: string }[];
      rejected: { message: string }[];
    }>('POST', '/contacts', { contacts }, tenantId);
    if (added.rejected[0] !== undefined) throw new Error(added.rejected[0].message);
    const contactIds = added.contacts.map(({ id }) => id);
    await stack.api.request('POST', `/campaigns/${campaignId}/contacts`, { contactIds }, tenantId);
  }
}
