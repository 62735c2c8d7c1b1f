import type { Databases } from '../db/databases.ts';
import type { TenantRow } from '../db/platform-db.ts';
import type { Clock } from '../shared/clock.ts';
import { DestinyError } from '../shared/errors.ts';
import type { NewId } from '../shared/ids.ts';
import type { TenantContext } from './context.ts';

export type LoadTenantDeps = {
  readonly databases: Databases;
  readonly clock: Clock;
  readonly newId: NewId;
};

/** The tenant's own context, or `not_found`. */
export async function loadTenant(deps: LoadTenantDeps, tenantId: string): Promise<TenantContext> {
  const tenant = await deps.databases.platform.tenantById(tenantId);
  if (tenant === null) {
    throw new DestinyError('not_found', `There is no tenant ${tenantId}; check the identifier.`);
  }
  return contextOf(deps, tenant);
}

/** The context of a tenant whose row is at hand. */
export function contextOf(deps: LoadTenantDeps, tenant: TenantRow): TenantContext {
  return {
    tenant,
    db: deps.databases.tenantDb(tenant),
    control: deps.databases.controlDb(tenant.id),
    events: deps.databases.eventStore(tenant.id),
    clock: deps.clock,
    newId: deps.newId,
  };
}
