import type { TenantRow } from '../db/platform-db.ts';

/** What a call has to know of its tenant. */
export function saidOfTenant(tenant: Pick<TenantRow, 'name' | 'callingCodes'>) {
  return { callingCodes: tenant.callingCodes, screeningText: `This is ${tenant.name}.` };
}
