import type { TenantRow } from '../db/platform-db.ts';

/** The contact's value wins over the campaign's, and that over the tenant's. */
export function resolveVariables(
  tenant: Pick<TenantRow, 'name'>,
  campaignVariables: Readonly<Record<string, string>>,
  contactFields: Readonly<Record<string, string>>,
): Record<string, string> {
  return { tenantName: tenant.name, ...campaignVariables, ...contactFields };
}
