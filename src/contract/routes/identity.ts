import { type RouteSpec, routes } from '../route.ts';
import { anyone } from '../rule.ts';
import { ById } from '../shapes/common.ts';
import * as people from '../shapes/people.ts';

const person = { who: 'person' } as const;
const signing = { tag: 'Signing in', rule: anyone } as const satisfies Partial<RouteSpec>;
const self = { tag: 'Oneself', rule: person } as const satisfies Partial<RouteSpec>;

export const IDENTITY_ROUTES = routes({
  setUp: {
    ...signing,
    ...{ method: 'post', path: '/setup', status: 204, returns: null },
    summary: 'Make the first superadmin with the set-up token, once',
    body: people.SetUp,
    audit: 'platform.set_up',
    refuses: ['forbidden', 'conflict'],
  },
  signIn: {
    ...signing,
    ...{ method: 'post', path: '/auth/sign-in', status: 200, returns: people.SignedIn },
    summary: 'Sign in; the session is an HTTP-only cookie',
    body: people.SignIn,
    audit: 'session.started',
    refuses: ['unauthenticated', 'account_locked'],
  },
  giveSecondFactor: {
    ...signing,
    ...{ method: 'post', path: '/auth/second-factor', status: 204, returns: null },
    summary: 'Finish a sign-in that asked for the second factor',
    body: people.SecondFactor,
    audit: 'session.started',
    refuses: ['unauthenticated', 'account_locked'],
  },
  askReset: {
    ...signing,
    ...{ method: 'post', path: '/auth/reset-request', status: 202, returns: null },
    summary: 'Ask for a link to set a new password; the answer never tells who exists',
    body: people.AskReset,
    audit: null,
  },
  resetPassword: {
    ...signing,
    ...{ method: 'post', path: '/auth/reset', status: 204, returns: null },
    summary: 'Set a new password with a one-time link; ends every session',
    body: people.Reset,
    audit: 'password.reset',
    refuses: ['link_expired'],
  },
  readInvitation: {
    ...signing,
    ...{ method: 'post', path: '/auth/invitation', status: 200 },
    summary: 'Read what an invitation link offers',
    body: people.ReadInvitation,
    returns: people.OpenInvitation,
    audit: null,
    refuses: ['link_expired'],
  },
  acceptInvitation: {
    ...signing,
    ...{ method: 'post', path: '/auth/accept-invitation', status: 200 },
    summary: 'Join a tenant; somebody new gives a name and a password',
    body: people.AcceptInvitation,
    returns: people.Accepted,
    audit: 'invitation.accepted',
    refuses: ['link_expired', 'conflict'],
  },
  signOut: {
    ...self,
    ...{ method: 'post', path: '/auth/sign-out', status: 204, returns: null },
    summary: 'End this session',
    audit: 'session.ended',
  },
  readMe: {
    ...self,
    ...{ method: 'get', path: '/me', status: 200, returns: people.Me },
    summary: 'Who is signed in, and his tenants',
    audit: null,
  },
  changePassword: {
    ...self,
    ...{ method: 'post', path: '/me/password', status: 204, returns: null },
    summary: 'Change the password; ends every other session',
    body: people.ChangePassword,
    audit: 'password.changed',
    refuses: ['forbidden'],
  },
  startSecondFactor: {
    ...self,
    ...{ method: 'post', path: '/me/second-factor', status: 200 },
    summary: 'Get a secret for an authenticator app; it counts once a code has confirmed it',
    body: people.ConfirmByPassword,
    returns: people.SecondFactorSecret,
    audit: 'second_factor.prepared',
    refuses: ['forbidden'],
  },
  confirmSecondFactor: {
    ...self,
    ...{ method: 'post', path: '/me/second-factor/confirm', status: 204, returns: null },
    summary: 'Switch the second factor on with a code of the app',
    body: people.SecondFactor,
    audit: 'second_factor.on',
    refuses: ['forbidden'],
  },
  stopSecondFactor: {
    ...self,
    ...{ method: 'post', path: '/me/second-factor/off', status: 204, returns: null },
    summary: 'Switch the second factor off',
    body: people.ConfirmByPassword,
    audit: 'second_factor.off',
    refuses: ['forbidden'],
  },
  listMySessions: {
    ...self,
    ...{ method: 'get', path: '/me/sessions', status: 200, returns: people.Sessions },
    summary: 'Where one is signed in',
    audit: null,
  },
  endMySession: {
    ...self,
    ...{ method: 'delete', path: '/me/sessions/{id}', status: 204, returns: null },
    summary: 'Sign out somewhere else',
    params: ById,
    audit: 'session.revoked',
    refuses: ['not_found'],
  },
});
