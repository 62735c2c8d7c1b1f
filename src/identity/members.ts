import { eq } from 'drizzle-orm';
import type { MembershipRow, PeopleDb, UserRow } from '../db/people-db.ts';
import { membership } from '../db/schema/access.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';

export type MemberView = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: MembershipRow['role'];
  readonly isSecondFactorOn: boolean;
  readonly revision: number;
  readonly createdAt: number;
};

export async function listMembers(
  ctx: TenantContext,
  people: PeopleDb,
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<MemberView[]> {
  const rows = await people.membersOf(ctx.tenant.id, page.cursor ?? '', page.limit);
  return rows.map(({ member, person }) => viewOf(member, person));
}

export async function findMember(
  ctx: TenantContext,
  people: PeopleDb,
  userId: string,
): Promise<MemberView> {
  const member = await ctx.control.findOne(membership, eq(membership.userId, userId));
  const person = member === null ? null : await people.userById(userId);
  if (member === null || person === null) throw isNoMember(userId);
  return viewOf(member, person);
}

/** Changes a role; the tenant keeps at least one ADMIN. */
export async function editMember(
  ctx: TenantContext,
  people: PeopleDb,
  input: {
    readonly userId: string;
    readonly role: MembershipRow['role'];
    readonly revision: number;
  },
): Promise<MemberView> {
  const before = await findMember(ctx, people, input.userId);
  if (before.revision !== input.revision) throw isStale();
  const [changed = []] = await ctx.control.batch([
    ctx.control.raw(SET_ROLE, input.userId, input.role, input.revision),
  ]);
  if (changed.length > 0) return findMember(ctx, people, input.userId);
  const now = await findMember(ctx, people, input.userId);
  throw now.revision === input.revision ? isLastAdmin() : isStale();
}

export async function removeMember(
  ctx: TenantContext,
  people: PeopleDb,
  userId: string,
): Promise<void> {
  await findMember(ctx, people, userId);
  const [removed = []] = await ctx.control.batch([ctx.control.raw(REMOVE, userId)]);
  if (removed.length === 0) throw isLastAdmin();
}

/** One statement each, so that two admins who demote each other cannot leave nobody. */
const OTHER_ADMIN = `EXISTS (SELECT 1 FROM membership o
  WHERE o.tenant_id = ?1 AND o.user_id != ?2 AND o.role = 'ADMIN')`;

const SET_ROLE = `UPDATE membership SET role = ?3, revision = revision + 1
WHERE tenant_id = ?1 AND user_id = ?2 AND revision = ?4
  AND (role != 'ADMIN' OR ?3 = 'ADMIN' OR ${OTHER_ADMIN}) RETURNING user_id`;

const REMOVE = `DELETE FROM membership
WHERE tenant_id = ?1 AND user_id = ?2 AND (role != 'ADMIN' OR ${OTHER_ADMIN}) RETURNING user_id`;

function viewOf(member: MembershipRow, person: UserRow): MemberView {
  return {
    ...{ id: person.id, email: person.email, name: person.name, role: member.role },
    isSecondFactorOn: person.twoFactorEnabled === true,
    ...{ revision: member.revision, createdAt: member.createdAt },
  };
}

function isNoMember(userId: string): DestinyError {
  return new DestinyError('not_found', `There is no member ${userId} in this tenant.`);
}

function isLastAdmin(): DestinyError {
  return new DestinyError(
    'conflict',
    'The tenant would have no ADMIN left; make another one first.',
  );
}

export function isStale(): DestinyError {
  return new DestinyError(
    'precondition_failed',
    'It was changed in the meantime; read it again, and send its ETag as If-Match.',
  );
}
