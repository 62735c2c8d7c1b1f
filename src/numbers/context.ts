import type { CarrierAccountRow } from '../db/platform-db.ts';
import { DestinyError } from '../shared/errors.ts';
import type { NumberInventory, NumberWebhooks } from '../telephony/numbers.ts';
import type { TenantContext } from '../tenants/context.ts';

/** What verbs on a tenant's numbers are given. */
export type NumbersContext = {
  readonly tenant: TenantContext;
  /** The account that the tenant's calls go through. */
  readonly account: CarrierAccountRow;
  readonly inventory: NumberInventory;
  /** Where Twilio has to ask for every number of the platform. */
  readonly webhooks: NumberWebhooks;
};

/** Numbers of an account that several tenants share are given out by the platform's owner only. */
export function checkOwnAccount({ account, tenant }: NumbersContext): void {
  if (account.tenantId === tenant.tenant.id) return;
  throw new DestinyError(
    'forbidden',
    "The tenant calls through the platform's Twilio account; ask the platform's owner for a number.",
  );
}
