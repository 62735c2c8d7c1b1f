import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const ROLES = ['AGENT', 'ADMIN'] as const;

/** What a person may do in one tenant; he may belong to several. */
export const membership = sqliteTable(
  'membership',
  {
    tenantId: text('tenant_id').notNull(),
    userId: text('user_id').notNull(),
    role: text('role', { enum: ROLES }).notNull(),
    /** Grows with every change; an edit names the one it was made from. */
    revision: integer('revision').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.userId] }),
    index('membership_user').on(table.userId),
  ],
);

/** A one-time link to a tenant; only its hash is kept. */
export const invitation = sqliteTable(
  'invitation',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    email: text('email').notNull(),
    role: text('role', { enum: ROLES }).notNull(),
    tokenHash: text('token_hash').notNull().unique(),
    invitedBy: text('invited_by').notNull(),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    acceptedAt: integer('accepted_at'),
    acceptedBy: text('accepted_by'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

/** A program's way in. The key itself is shown once; its hash and first characters stay. */
export const apiKey = sqliteTable(
  'api_key',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    prefix: text('prefix').notNull().unique(),
    hash: text('hash').notNull(),
    scopes: text('scopes', { mode: 'json' }).$type<readonly string[]>().notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: integer('created_at').notNull(),
    /** To the minute. */
    lastUsedAt: integer('last_used_at'),
    expiresAt: integer('expires_at'),
    revokedAt: integer('revoked_at'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

/** A superadmin at work in a tenant that is not his, for one session and a short time. */
export const actAs = sqliteTable(
  'act_as',
  {
    tenantId: text('tenant_id').notNull(),
    sessionId: text('session_id').notNull(),
    userId: text('user_id').notNull(),
    reason: text('reason').notNull(),
    startedAt: integer('started_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.sessionId] })],
);

/** Who did what to what, from where. Append-only by trigger; what has no tenant is the platform's. */
export const auditEntry = sqliteTable(
  'audit_entry',
  {
    tenantId: text('tenant_id').notNull(),
    /** Sorts by time. */
    id: text('id').notNull(),
    at: integer('at').notNull(),
    actorType: text('actor_type', { enum: ['user', 'key', 'nobody'] }).notNull(),
    actorId: text('actor_id').notNull(),
    actorName: text('actor_name').notNull(),
    /** True for a superadmin who acts as a member. */
    isActingAs: integer('is_acting_as', { mode: 'boolean' }).notNull(),
    action: text('action').notNull(),
    target: text('target').notNull(),
    detail: text('detail', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    ip: text('ip').notNull(),
    requestId: text('request_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('audit_entry_action').on(table.tenantId, table.action, table.id),
    index('audit_entry_actor').on(table.tenantId, table.actorId, table.id),
  ],
);

/** The answer to a request that may come again under the same Idempotency-Key. */
export const idempotency = sqliteTable(
  'idempotency',
  {
    tenantId: text('tenant_id').notNull(),
    /** Actor and the key he chose. */
    key: text('key').notNull(),
    requestHash: text('request_hash').notNull(),
    /** Null while the first request is at work. */
    status: integer('status'),
    body: text('body'),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.key] }),
    index('idempotency_created').on(table.createdAt),
  ],
);

/** Failed sign-ins by e-mail and by address; an unknown e-mail is counted like a known one. */
export const signInGuard = sqliteTable('sign_in_guard', {
  key: text('key').primaryKey(),
  failures: integer('failures').notNull(),
  windowStart: integer('window_start').notNull(),
  lockedUntil: integer('locked_until').notNull(),
});
