/** Who may do what, as data: routes name these words, one function decides by them, docs print them. */
export const ROLES = ['AGENT', 'ADMIN', 'SUPERADMIN'] as const;
export type Role = (typeof ROLES)[number];
/** Roles that a membership may give. */
export const MEMBER_ROLES = ['AGENT', 'ADMIN'] as const;

export const PLANS = ['OUTBOUND', 'INBOUND', 'FULL'] as const;
export type Plan = (typeof PLANS)[number];

/** What a route needs of the tenant's plan. */
export type Feature = 'outbound' | 'inbound';

export const FEATURES: Readonly<Record<Plan, readonly Feature[]>> = {
  OUTBOUND: ['outbound'],
  INBOUND: ['inbound'],
  FULL: ['outbound', 'inbound'],
};

export const SCOPES = [
  'tenant:read',
  'scripts:read',
  'scripts:write',
  'contacts:read',
  'contacts:write',
  'campaigns:read',
  'campaigns:write',
  'calls:read',
  'calls:write',
  'messages:read',
  'messages:write',
  'recordings:read',
  'numbers:read',
  'numbers:write',
  'analytics:read',
  'analytics:write',
  'webhooks:read',
  'webhooks:write',
] as const;
export type Scope = (typeof SCOPES)[number];

export type Rule =
  /** No sign-in is asked for. */
  | { readonly who: 'anyone' }
  /** Somebody who is signed in, for himself. */
  | { readonly who: 'person' }
  /** The owner of the platform. */
  | { readonly who: 'superadmin' }
  /** A member of the tenant with at least this role, or an API key with this scope. */
  | {
      readonly who: 'tenant';
      readonly role: 'AGENT' | 'ADMIN';
      /** Null: people only. */
      readonly scope: Scope | null;
      readonly feature: Feature | null;
    };

export const anyone = { who: 'anyone' } as const satisfies Rule;
