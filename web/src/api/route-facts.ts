import type { Feature } from '../../../src/contract/rule.ts';

/** A route as the page needs it: how to ask, and who may. */
export type RouteFacts = {
  readonly method: string;
  readonly path: string;
  readonly rule:
    | { readonly who: 'anyone' | 'person' | 'superadmin' }
    | {
        readonly who: 'tenant';
        readonly role: 'AGENT' | 'ADMIN';
        readonly feature: Feature | null;
      };
  /** An Idempotency-Key goes with it. */
  readonly isCreating?: boolean;
  readonly upload?: string;
};
