import type { Stack } from '../local/stack.ts';

export type NewMember = {
  readonly email: string;
  readonly name: string;
  readonly role: 'ADMIN' | 'AGENT';
  readonly password: string;
};

const MAILED_WITHIN_MS = 5_000;

/** Invites somebody to a tenant and takes the invitation up, as the link in the mail would. */
export async function addMember(
  { api, mailedToken }: Stack,
  tenantId: string,
  { email, name, role, password }: NewMember,
): Promise<void> {
  const here = { 'destiny-tenant': tenantId };
  const actAs = `/tenants/${tenantId}/act-as`;
  await api.request('POST', actAs, { reason: 'The first people of the tenant' });
  await api.request('POST', '/invitations', { email, role }, undefined, here);
  await api.request('DELETE', actAs);
  const deadline = Date.now() + MAILED_WITHIN_MS;
  let token = mailedToken(email);
  while (token === null) {
    if (Date.now() > deadline) throw new Error(`No invitation was mailed to ${email}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    token = mailedToken(email);
  }
  await api.request('POST', '/auth/accept-invitation', { token, name, password });
}
