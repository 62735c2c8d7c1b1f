import type { CarrierAccountRow, PlatformDb } from '../db/platform-db.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from './context.ts';

/** The account that a tenant's calls go through. Throws `config_invalid`. */
export async function accountOf(
  platform: PlatformDb,
  ctx: TenantContext,
): Promise<CarrierAccountRow> {
  const account = await platform.carrierAccountBySid(ctx.tenant.carrierAccountSid);
  if (account !== null) return account;
  throw new DestinyError('config_invalid', `Tenant ${ctx.tenant.id} has no carrier account.`);
}
