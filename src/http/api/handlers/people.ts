import type { PEOPLE_ROUTES } from '../../../contract/routes/people.ts';
import type { ApiKeyRow, InvitationRow } from '../../../db/people-db.ts';
import type { Actor } from '../../../identity/actor.ts';
import { createApiKey, listApiKeys, revokeApiKey } from '../../../identity/api-keys.ts';
import { searchAudit } from '../../../identity/audit.ts';
import { invite, listInvitations, withdrawInvitation } from '../../../identity/invitations.ts';
import { editMember, findMember, listMembers, removeMember } from '../../../identity/members.ts';
import { listSessions } from '../../../identity/sessions.ts';
import type { HandlersOf } from '../context.ts';
import { nextCursor } from '../page.ts';

const idOf = (row: { readonly id: string }) => row.id;
const nameOf = (actor: Actor) => (actor.type === 'nobody' ? '' : actor.id);

export const peopleHandlers: HandlersOf<typeof PEOPLE_ROUTES> = {
  listMembers: async ({ deps, tenant }, { query }) => {
    const members = await listMembers(tenant, deps.identity.people, query);
    return { members, nextCursor: nextCursor(members, query.limit, idOf) };
  },
  readMember: async ({ deps, tenant }, { params }) =>
    findMember(tenant, deps.identity.people, params.id),
  editMember: async ({ deps, tenant, note }, { params, body, revision }) => {
    note({ detail: { role: body.role } });
    const { people } = deps.identity;
    return editMember(tenant, people, { userId: params.id, role: body.role, revision });
  },
  removeMember: async ({ deps, tenant }, { params }) => {
    await removeMember(tenant, deps.identity.people, params.id);
    return undefined;
  },
  listMemberSessions: async ({ deps, tenant }, { params }) => {
    const { id } = await findMember(tenant, deps.identity.people, params.id);
    return { sessions: await listSessions(deps.identity, id, null) };
  },
  endMemberSessions: async ({ deps, tenant }, { params }) => {
    const { people } = deps.identity;
    const { id } = await findMember(tenant, people, params.id);
    return { revoked: await people.endSessions(id, { except: null }) };
  },
  invite: async ({ deps, tenant, actor, note }, { body }) => {
    note({ detail: { email: body.email, role: body.role } });
    const invitedBy = nameOf(actor);
    return shownInvitation(await invite(deps.identity, tenant, { ...body, invitedBy }));
  },
  listInvitations: async ({ tenant }, { query }) => {
    const rows = await listInvitations(tenant, query);
    return {
      invitations: rows.map(shownInvitation),
      nextCursor: nextCursor(rows, query.limit, idOf),
    };
  },
  withdrawInvitation: async ({ tenant }, { params }) => {
    await withdrawInvitation(tenant, params.id);
    return undefined;
  },
  createApiKey: async ({ deps, tenant, actor, note }, { body }) => {
    note({ detail: { name: body.name, scopes: body.scopes } });
    const createdBy = nameOf(actor);
    return createApiKey(tenant, deps.identity.random, { ...body, createdBy });
  },
  listApiKeys: async ({ tenant }, { query }) => {
    const rows = await listApiKeys(tenant, query);
    return { keys: rows.map(shownKey), nextCursor: nextCursor(rows, query.limit, idOf) };
  },
  revokeApiKey: async ({ tenant }, { params }) => {
    await revokeApiKey(tenant, params.id);
    return undefined;
  },
  searchAudit: async ({ tenant }, { query }) => {
    const entries = await searchAudit(tenant.control, query);
    return { entries, nextCursor: nextCursor(entries, query.limit, idOf) };
  },
};

type Invited = Pick<
  InvitationRow,
  'id' | 'email' | 'role' | 'createdAt' | 'expiresAt' | 'acceptedAt'
>;

function shownInvitation({ id, email, role, createdAt, expiresAt, acceptedAt }: Invited): Invited {
  return { id, email, role, createdAt, expiresAt, acceptedAt };
}

function shownKey(row: ApiKeyRow) {
  const { tenantId: _, hash: __, createdBy: ___, scopes, ...shown } = row;
  return { ...shown, scopes: [...scopes] };
}
