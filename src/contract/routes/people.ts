import { routes } from '../route.ts';
import { ById, Page } from '../shapes/common.ts';
import * as people from '../shapes/people.ts';

const team = {
  tag: 'Team',
  rule: { who: 'tenant', role: 'ADMIN', scope: null, feature: null },
} as const;

export const PEOPLE_ROUTES = routes({
  listMembers: {
    ...team,
    ...{ method: 'get', path: '/users', status: 200, returns: people.Members },
    summary: 'People of the tenant',
    query: Page,
    audit: null,
  },
  readMember: {
    ...team,
    ...{ method: 'get', path: '/users/{id}', status: 200, returns: people.Member },
    summary: 'One of them',
    params: ById,
    audit: null,
    refuses: ['not_found'],
  },
  editMember: {
    ...team,
    ...{ method: 'patch', path: '/users/{id}', status: 200, returns: people.Member },
    summary: 'Change a role',
    params: ById,
    body: people.EditMember,
    edits: true,
    audit: 'member.role_changed',
    refuses: ['not_found', 'conflict'],
  },
  removeMember: {
    ...team,
    ...{ method: 'delete', path: '/users/{id}', status: 204, returns: null },
    summary: 'Take somebody out of the tenant',
    params: ById,
    audit: 'member.removed',
    refuses: ['not_found', 'conflict'],
  },
  listMemberSessions: {
    ...team,
    ...{ method: 'get', path: '/users/{id}/sessions', status: 200, returns: people.Sessions },
    summary: 'Where a member is signed in',
    params: ById,
    audit: null,
    refuses: ['not_found'],
  },
  endMemberSessions: {
    ...team,
    ...{ method: 'delete', path: '/users/{id}/sessions', status: 200, returns: people.Revoked },
    summary: 'Sign a member out everywhere',
    params: ById,
    audit: 'member.sessions_revoked',
    refuses: ['not_found'],
  },
  invite: {
    ...team,
    ...{ method: 'post', path: '/invitations', status: 201, returns: people.Invitation },
    summary: 'Send somebody a one-time link to the tenant',
    body: people.Invite,
    idempotent: 'optional',
    audit: 'invitation.sent',
    refuses: ['conflict'],
  },
  listInvitations: {
    ...team,
    ...{ method: 'get', path: '/invitations', status: 200, returns: people.Invitations },
    summary: 'Invitations, newest first',
    query: Page,
    audit: null,
  },
  withdrawInvitation: {
    ...team,
    ...{ method: 'delete', path: '/invitations/{id}', status: 204, returns: null },
    summary: 'Make an invitation worthless',
    params: ById,
    audit: 'invitation.withdrawn',
    refuses: ['not_found'],
  },
  createApiKey: {
    ...team,
    ...{ method: 'post', path: '/api-keys', status: 201, returns: people.CreatedKey },
    summary: 'Make an API key; it is shown this once',
    body: people.CreateKey,
    audit: 'api_key.created',
    refuses: ['invalid_input'],
  },
  listApiKeys: {
    ...team,
    ...{ method: 'get', path: '/api-keys', status: 200, returns: people.ApiKeys },
    summary: 'API keys with scopes and last use',
    query: Page,
    audit: null,
  },
  revokeApiKey: {
    ...team,
    ...{ method: 'delete', path: '/api-keys/{id}', status: 204, returns: null },
    summary: 'Make an API key worthless',
    params: ById,
    audit: 'api_key.revoked',
    refuses: ['not_found'],
  },
  searchAudit: {
    ...team,
    ...{ method: 'get', path: '/audit', status: 200, returns: people.AuditPage },
    summary: 'Who did what to what, from where; newest first',
    query: people.FindAudit,
    audit: null,
  },
});
