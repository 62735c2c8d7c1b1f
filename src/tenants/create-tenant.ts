import type { PLANS } from '../db/schema/control.ts';
import { isTimeZone } from '../dialing/window.ts';
import { DestinyError } from '../shared/errors.ts';
import type { PlatformContext } from './platform-context.ts';

export type CreateTenantInput = {
  readonly name: string;
  readonly plan: (typeof PLANS)[number];
  readonly timeZone: string;
  /** Calling codes that calls may go to, such as ["1"]. */
  readonly callingCodes: readonly string[];
  readonly isOuterWindowLifted: boolean;
  readonly carrierAccountSid: string;
};

/** A new tenant on the DATA shard that its identifier falls on. */
export async function createTenant(
  ctx: PlatformContext,
  input: CreateTenantInput,
): Promise<{ readonly id: string }> {
  if (!isTimeZone(input.timeZone)) {
    throw new DestinyError(
      'invalid_input',
      `"${input.timeZone}" is not a time zone; write it like America/New_York.`,
    );
  }
  const account = await ctx.platform.carrierAccountBySid(input.carrierAccountSid);
  if (account === null || account.tenantId !== null) {
    throw new DestinyError(
      'not_found',
      `There is no carrier account ${input.carrierAccountSid}; register it first.`,
    );
  }
  const id = ctx.newId('ten');
  const dataShard = spread(id) % ctx.platform.dataShardCount;
  await ctx.platform.insertTenant({
    id,
    ...input,
    state: 'active',
    dataShard,
    createdAt: ctx.clock.now(),
  });
  return { id };
}

/** The last characters of an id are random, so their sum spreads tenants evenly. */
function spread(id: string): number {
  return [...id.slice(-8)].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 0);
}
