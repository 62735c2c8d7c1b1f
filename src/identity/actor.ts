import type { Scope } from '../contract/rule.ts';

/** Who asks: a person with a session, a program with a key, or nobody who is known. */
export type Person = {
  readonly type: 'user';
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly isSuperadmin: boolean;
  readonly isSecondFactorOn: boolean;
  readonly sessionId: string;
};
export type Program = {
  readonly type: 'key';
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
  readonly scopes: readonly Scope[];
};
export type Actor = Person | Program | { readonly type: 'nobody' };

/** An actor's place in the tenant that a request is about. */
export type Seat = {
  readonly role: 'AGENT' | 'ADMIN' | null;
  /** A superadmin who works in a tenant that is not his. */
  readonly isActingAs: boolean;
};
