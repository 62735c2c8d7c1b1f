import { prepareAccount, prepareCampaign } from '../demo/campaign.ts';
import { callEverybody, makeSpeech } from '../demo/drive.ts';
import { addMember } from '../demo/members.ts';
import { people } from '../demo/people.ts';
import { ADMIN_EMAIL } from '../local/api-client.ts';
import type { Stack } from '../local/stack.ts';

export type Person = { readonly email: string; readonly password: string };
export type Scene = {
  readonly tenantId: string;
  readonly campaignId: string;
  readonly draftId: string;
  readonly callId: string;
  readonly importId: string;
  readonly scriptId: string;
  readonly admin: Person;
  readonly agent: Person;
  /** The platform's owner. */
  readonly owner: Person;
};

const PEOPLE = 60;
const CALLS_PER_SECOND = 10;
const ADMIN = { email: 'ada@harbour.example', password: 'a password of some length' };
const AGENT = { email: 'agnes@harbour.example', password: 'a password of some length' };

const CSV = `First name,Phone,Doctor,Day
Maria,(212) 555-0301,Doctor Patel,Tuesday
James,212-555-0302,Doctor Lopez,Wednesday
Aisha,=1+1,Doctor Kim,Thursday
Wei,+1 212 555 0304,Doctor Patel,Friday
Olivia,12,Doctor Lopez,Friday
Maria,(212) 555-0301,Doctor Patel,Tuesday
`;

/** A tenant in the middle of its work: what the pages are looked at with. */
export async function setScene(stack: Stack): Promise<Scene> {
  const persons = people(PEOPLE, 7);
  await prepareAccount(stack, persons, CALLS_PER_SECOND);
  const done = await prepareCampaign(stack, persons);
  const { tenantId, campaignId } = done;
  await addMember(stack, tenantId, { ...ADMIN, name: 'Ada Novak', role: 'ADMIN' });
  await addMember(stack, tenantId, { ...AGENT, name: 'Agnes Lund', role: 'AGENT' });
  await makeSpeech(stack, [done], () => undefined);
  await callEverybody(stack, [done], () => undefined);
  const ask = <T>(method: string, path: string, body?: unknown) =>
    stack.api.request<T>(method, path, body, tenantId);
  const { calls } = await ask<{ calls: { id: string; turns: number }[] }>(
    'GET',
    '/calls?limit=200',
  );
  const { scripts } = await ask<{ scripts: { id: string }[] }>('GET', '/scripts');
  const draft = await ask<{ id: string }>('POST', `/campaigns/${campaignId}/clone`, {
    name: 'Appointment reminders, those we did not reach',
    contacts: 'unreached',
  });
  return {
    tenantId,
    campaignId,
    draftId: draft.id,
    callId: calls.toSorted((a, b) => b.turns - a.turns)[0]?.id ?? '',
    importId: await checkedImport(stack, tenantId),
    scriptId: scripts[0]?.id ?? '',
    admin: ADMIN,
    agent: AGENT,
    owner: { email: ADMIN_EMAIL, password: stack.secrets.adminPassword },
  };
}

async function checkedImport(stack: Stack, tenantId: string): Promise<string> {
  const { id } = await stack.api.request<{ id: string }>(
    'POST',
    '/imports',
    { name: 'May patients' },
    tenantId,
  );
  const path = `${stack.appUrl}/api/v1/imports/${id}`;
  const authorization = await stack.api.authorization(tenantId);
  await fetch(`${path}/file`, {
    method: 'PUT',
    headers: { authorization, 'content-type': 'text/csv' },
    body: CSV,
  });
  const mapping = { number: 'Phone', fields: { firstName: 'First name', doctor: 'Doctor' } };
  await stack.api.request('POST', `/imports/${id}/check`, { mapping }, tenantId);
  return id;
}
