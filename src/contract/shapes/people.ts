import * as z from 'zod';
import { MEMBER_ROLES, ROLES, SCOPES } from '../rule.ts';
import { Id, Millis, Name, NextCursor, Page, Revision } from './common.ts';

export const Email = z.email().max(254);
export const NewPassword = z.string().min(12).max(128);
const Password = z.string().min(1).max(128);
/** Of a one-time link. */
const LinkToken = z.string().min(1).max(200);

export const SetUp = z.object({
  setupToken: z.string().min(1).max(200),
  email: Email,
  name: Name,
  password: NewPassword,
});
export const SignIn = z.object({ email: Email, password: Password });
export const SignedIn = z.object({
  /** True: nobody is signed in yet, the second factor is asked for. */
  isSecondFactorNeeded: z.boolean(),
});
export const SecondFactor = z.object({
  code: z.string().min(6).max(20).describe('Six digits of the app, or a backup code'),
});
export const AskReset = z.object({ email: Email });
export const Reset = z.object({ token: LinkToken, password: NewPassword });
export const ReadInvitation = z.object({ token: LinkToken });
export const OpenInvitation = z.object({
  email: z.string(),
  tenantName: z.string(),
  role: z.enum(MEMBER_ROLES),
  isKnownPerson: z.boolean(),
});
export const AcceptInvitation = z.object({
  token: LinkToken,
  name: Name.optional(),
  password: NewPassword.optional(),
});
export const Accepted = z.object({ tenantId: z.string() });

export const Me = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  isSuperadmin: z.boolean(),
  isSecondFactorOn: z.boolean(),
  memberships: z.array(
    z.object({ tenantId: z.string(), tenantName: z.string(), role: z.enum(ROLES) }),
  ),
  actingAs: z.array(z.object({ tenantId: z.string(), expiresAt: Millis })),
});
export const ChangePassword = z.object({ currentPassword: Password, newPassword: NewPassword });
export const ConfirmByPassword = z.object({ password: Password });
export const SecondFactorSecret = z.object({
  totpUri: z.string(),
  backupCodes: z.array(z.string()),
});

export const Session = z.object({
  id: z.string(),
  createdAt: Millis,
  expiresAt: Millis,
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  isCurrent: z.boolean(),
});
export const Sessions = z.object({ sessions: z.array(Session) });

export const Member = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(MEMBER_ROLES),
  isSecondFactorOn: z.boolean(),
  revision: Revision,
  createdAt: Millis,
});
export const Members = z.object({ members: z.array(Member), nextCursor: NextCursor });
export const EditMember = z.object({ role: z.enum(MEMBER_ROLES) });
export const Revoked = z.object({ revoked: z.number().int() });

export const Invite = z.object({ email: Email, role: z.enum(MEMBER_ROLES) });
export const Invitation = z.object({
  id: z.string(),
  email: z.string(),
  role: z.enum(MEMBER_ROLES),
  createdAt: Millis,
  expiresAt: Millis,
  acceptedAt: Millis.nullable(),
});
export const Invitations = z.object({
  invitations: z.array(Invitation),
  nextCursor: NextCursor,
});

export const CreateKey = z.object({
  name: Name,
  scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
  expiresAt: Millis.optional(),
});
export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.string()),
  createdAt: Millis,
  lastUsedAt: Millis.nullable(),
  expiresAt: Millis.nullable(),
  revokedAt: Millis.nullable(),
});
export const ApiKeys = z.object({ keys: z.array(ApiKey), nextCursor: NextCursor });
export const CreatedKey = z.object({
  id: z.string(),
  key: z.string().describe('Shown this once'),
});

export const FindAudit = Page.extend({
  action: z.string().max(100).optional(),
  actorId: Id.optional(),
  target: z.string().max(200).optional(),
  from: z.coerce.number().int().optional(),
  to: z.coerce.number().int().optional(),
});
export const AuditEntry = z.object({
  id: z.string(),
  at: Millis,
  actorType: z.enum(['user', 'key', 'nobody']),
  actorId: z.string(),
  actorName: z.string(),
  isActingAs: z.boolean().describe("Done by the platform's owner, who has no place in the tenant"),
  action: z.string(),
  target: z.string(),
  detail: z.record(z.string(), z.unknown()),
  ip: z.string(),
  requestId: z.string(),
});
export const AuditPage = z.object({ entries: z.array(AuditEntry), nextCursor: NextCursor });
