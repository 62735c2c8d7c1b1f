import type { IDENTITY_ROUTES } from '../../../contract/routes/identity.ts';
import * as account from '../../../identity/account.ts';
import { acceptInvitation, openInvitation } from '../../../identity/invitations.ts';
import { endSession, listSessions } from '../../../identity/sessions.ts';
import { setUp } from '../../../identity/set-up.ts';
import { giveSecondFactor, signIn } from '../../../identity/sign-in.ts';
import type { HandlersOf } from '../context.ts';

export const identityHandlers: HandlersOf<typeof IDENTITY_ROUTES> = {
  setUp: async ({ deps, note }, { body }) => {
    note({ userId: await setUp(deps.identity, body) });
    return undefined;
  },
  signIn: async (request, { body }) => {
    const { userId, headers, isSecondFactorNeeded } = await signIn(
      request.deps.identity,
      request.visitor,
      body,
    );
    request.setCookies(headers);
    if (userId !== null) request.note({ userId, target: userId });
    return { isSecondFactorNeeded };
  },
  giveSecondFactor: async (request, { body }) => {
    const { deps, visitor, setCookies, note } = request;
    const { userId, headers } = await giveSecondFactor(deps.identity, visitor, body.code);
    setCookies(headers);
    note({ userId, target: userId });
    return undefined;
  },
  askReset: async ({ deps, visitor }, { body }) => {
    await account.askReset(deps.identity, visitor, body.email);
    return undefined;
  },
  resetPassword: async ({ deps, visitor }, { body }) => {
    await account.resetPassword(deps.identity, visitor, body);
    return undefined;
  },
  readInvitation: async ({ deps }, { body }) => {
    const open = await openInvitation(deps.identity, body.token);
    const { tenant } = await deps.tenant(open.tenantId);
    const known = await deps.identity.people.userByEmail(open.email);
    const { email, role } = open;
    return { email, role, tenantName: tenant.name, isKnownPerson: known !== null };
  },
  acceptInvitation: async ({ deps, note }, { body }) => {
    const open = await openInvitation(deps.identity, body.token);
    const tenant = await deps.tenant(open.tenantId);
    const userId = await acceptInvitation(deps.identity, open, tenant, body);
    note({ userId, tenantId: open.tenantId, target: open.id, detail: { role: open.role } });
    return { tenantId: open.tenantId };
  },
  signOut: async ({ deps, actor, visitor, setCookies }) => {
    const { headers } = await deps.identity.auth.api.signOut({
      headers: visitor.headers,
      returnHeaders: true,
    });
    setCookies(headers);
    await deps.identity.people.endSessions(actor.id, { id: actor.sessionId });
    return undefined;
  },
  readMe: async ({ deps, actor }) => {
    const { people, clock } = deps.identity;
    const [memberships, actingAs] = await Promise.all([
      people.membershipsOf(actor.id),
      people.actingOf(actor.sessionId, clock.now()),
    ]);
    const { id, email, name, isSuperadmin, isSecondFactorOn } = actor;
    return { id, email, name, isSuperadmin, isSecondFactorOn, memberships, actingAs };
  },
  changePassword: async ({ deps, visitor, actor }, { body }) => {
    await account.changePassword(deps.identity, visitor, actor, body);
    return undefined;
  },
  startSecondFactor: async ({ deps, visitor }, { body }) => {
    const made = await account.startSecondFactor(deps.identity, visitor, body.password);
    return { totpUri: made.totpUri, backupCodes: [...made.backupCodes] };
  },
  confirmSecondFactor: async ({ deps, visitor, setCookies }, { body }) => {
    setCookies(await account.confirmSecondFactor(deps.identity, visitor, body.code));
    return undefined;
  },
  stopSecondFactor: async ({ deps, visitor, setCookies }, { body }) => {
    setCookies(await account.stopSecondFactor(deps.identity, visitor, body.password));
    return undefined;
  },
  listMySessions: async ({ deps, actor }) => ({
    sessions: await listSessions(deps.identity, actor.id, actor.sessionId),
  }),
  endMySession: async ({ deps, actor }, { params }) => {
    await endSession(deps.identity, actor.id, params.id);
    return undefined;
  },
};
