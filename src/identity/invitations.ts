import { desc, eq, lt } from 'drizzle-orm';
import type { InvitationRow } from '../db/people-db.ts';
import { invitation } from '../db/schema/access.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import type { IdentityContext } from './context.ts';
import { makePerson } from './make-person.ts';
import { hashSecret, newSecret } from './secret.ts';

type Shown = 'id' | 'email' | 'role' | 'createdAt' | 'expiresAt' | 'acceptedAt';
const INVITATION_MS = 7 * 86_400_000;

export async function invite(
  ctx: IdentityContext,
  tenant: TenantContext,
  input: { readonly email: string; readonly role: 'AGENT' | 'ADMIN'; readonly invitedBy: string },
): Promise<Pick<InvitationRow, Shown>> {
  const email = input.email.toLowerCase();
  const known = await ctx.people.userByEmail(email);
  if (known !== null && (await ctx.people.roleIn(tenant.tenant.id, known.id)) !== null) {
    throw new DestinyError('conflict', `${email} is in this tenant already.`);
  }
  const token = newSecret(ctx.random);
  const now = ctx.clock.now();
  const row = {
    ...{ id: ctx.newId('inv'), email, role: input.role },
    ...{ createdAt: now, expiresAt: now + INVITATION_MS, acceptedAt: null },
  };
  const tokenHash = await hashSecret(token);
  await tenant.control.run(
    tenant.control.insert(invitation, { ...row, tokenHash, invitedBy: input.invitedBy }),
  );
  await ctx.mailer.send({
    to: email,
    subject: `You are invited to ${tenant.tenant.name} on Destiny`,
    text: `You are invited to work in ${tenant.tenant.name}. Open this link within a week; it works once:\n\n${ctx.appUrl}/invitation?token=${token}`,
  });
  return row;
}

export function listInvitations(
  tenant: TenantContext,
  page: { readonly cursor?: string | undefined; readonly limit: number },
) {
  return tenant.control.find(
    invitation,
    page.cursor === undefined ? undefined : lt(invitation.id, page.cursor),
    { orderBy: desc(invitation.id), limit: page.limit },
  );
}

export async function withdrawInvitation(tenant: TenantContext, id: string): Promise<void> {
  const gone = await tenant.control.run(tenant.control.delete(invitation, eq(invitation.id, id)));
  if (gone === 0) throw new DestinyError('not_found', `There is no invitation ${id}.`);
}

/** An invitation that still counts, by the token of its link. */
export async function openInvitation(ctx: IdentityContext, token: string): Promise<InvitationRow> {
  const found = await ctx.people.invitationByHash(await hashSecret(token));
  if (found === null || found.acceptedAt !== null || found.expiresAt <= ctx.clock.now()) {
    throw new DestinyError(
      'link_expired',
      'This link was used, withdrawn or is too old; ask for a new invitation.',
    );
  }
  return found;
}

/**
 * Makes the person, if he is new, and his membership. Holding the link proves the e-mail, so
 * somebody who is known keeps his password. Answers who joined.
 */
export async function acceptInvitation(
  ctx: IdentityContext,
  open: InvitationRow,
  tenant: TenantContext,
  input: { readonly name?: string | undefined; readonly password?: string | undefined },
): Promise<string> {
  const known = await ctx.people.userByEmail(open.email);
  const userId = known?.id ?? (await makeInvited(ctx, open.email, input));
  const now = ctx.clock.now();
  const [, joined = []] = await tenant.control.batch([
    tenant.control.raw(TAKE_INVITATION, open.id, userId, now),
    tenant.control.raw(JOIN, open.id, userId, now),
  ]);
  if (joined.length === 0) {
    throw new DestinyError('link_expired', 'This link was used a moment ago; sign in.');
  }
  return userId;
}

async function makeInvited(
  ctx: IdentityContext,
  email: string,
  input: { readonly name?: string | undefined; readonly password?: string | undefined },
): Promise<string> {
  const { name, password } = input;
  if (name === undefined || password === undefined) {
    throw new DestinyError('invalid_input', 'Somebody new gives a name and a password.');
  }
  return makePerson(ctx, { email, name, password });
}

/** Marks it used by this person at this moment; the second statement joins only then. */
const TAKE_INVITATION = `UPDATE invitation SET accepted_at = ?4, accepted_by = ?3
WHERE tenant_id = ?1 AND id = ?2 AND accepted_at IS NULL AND expires_at > ?4`;

const JOIN = `INSERT INTO membership (tenant_id, user_id, role, revision, created_at)
SELECT ?1, ?3, role, 1, ?4 FROM invitation
WHERE tenant_id = ?1 AND id = ?2 AND accepted_at = ?4 AND accepted_by = ?3
ON CONFLICT (tenant_id, user_id) DO UPDATE SET role = excluded.role, revision = revision + 1
RETURNING user_id`;
