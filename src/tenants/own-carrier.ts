import { DestinyError } from '../shared/errors.ts';
import { editTenant, findTenant } from './edit-tenant.ts';
import type { PlatformContext } from './platform-context.ts';
import {
  type RegisterCarrierAccountInput,
  registerCarrierAccount,
} from './register-carrier-account.ts';

const TRIES = 3;

/**
 * Calls of the tenant go through its own account from now on; sent again, it changes the token.
 * Calls that are under way keep the token they began with.
 */
export async function setOwnCarrier(
  ctx: PlatformContext,
  tenantId: string,
  input: Omit<RegisterCarrierAccountInput, 'tenantId'>,
): Promise<void> {
  await registerCarrierAccount(ctx, { ...input, tenantId });
  for (let n = 0; n < TRIES; n++) {
    const { revision, carrierAccountSid } = await findTenant(ctx, tenantId);
    if (carrierAccountSid === input.sid) return;
    const changes = { carrierAccountSid: input.sid };
    const isSet = await editTenant(ctx, { id: tenantId, revision, changes }).then(
      () => true,
      (error: unknown) => {
        if (error instanceof DestinyError && error.code === 'precondition_failed') return false;
        throw error;
      },
    );
    if (isSet) return;
  }
  throw new DestinyError('conflict', 'The tenant is being changed by others; try again.');
}
