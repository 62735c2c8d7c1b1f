import type { TenantRow } from '../db/platform-db.ts';
import { isTimeZone } from '../dialing/window.ts';
import { DestinyError } from '../shared/errors.ts';
import type { PlatformContext } from './platform-context.ts';

export type TenantChanges = {
  readonly [K in keyof Omit<TenantRow, 'id' | 'dataShard' | 'createdAt' | 'revision'>]?:
    | TenantRow[K]
    | undefined;
};

/** Changes a tenant that nobody else has changed since `revision`. */
export async function editTenant(
  ctx: PlatformContext,
  input: { readonly id: string; readonly revision: number; readonly changes: TenantChanges },
): Promise<TenantRow> {
  const before = await findTenant(ctx, input.id);
  const changes = Object.fromEntries(
    Object.entries(input.changes).filter(([, value]) => value !== undefined),
  ) as Partial<TenantRow>;
  await checkChanges(ctx, { ...before, ...changes });
  if (changes.carrierAccountSid !== undefined) await checkMove(ctx, before, changes);
  const after = await ctx.platform.updateTenant(before.id, input.revision, changes);
  if (after !== null) return after;
  throw new DestinyError(
    'precondition_failed',
    'The tenant was changed in the meantime; read it again, and send its ETag as If-Match.',
  );
}

export async function findTenant(ctx: PlatformContext, id: string): Promise<TenantRow> {
  const found = await ctx.platform.tenantById(id);
  if (found !== null) return found;
  throw new DestinyError('not_found', `There is no tenant ${id}; check the identifier.`);
}

/** A call under way is asked for, and its callbacks are verified, at the account it began with. */
async function checkMove(
  ctx: PlatformContext,
  before: TenantRow,
  changes: Partial<TenantRow>,
): Promise<void> {
  if (changes.carrierAccountSid === before.carrierAccountSid) return;
  if (!(await ctx.platform.hasActiveAttempts(before))) return;
  throw new DestinyError(
    'conflict',
    'Calls are under way on the old account; pause the campaigns, wait for their end, and try again.',
  );
}

async function checkChanges(ctx: PlatformContext, wanted: TenantRow): Promise<void> {
  if (!isTimeZone(wanted.timeZone)) {
    throw new DestinyError(
      'invalid_input',
      `"${wanted.timeZone}" is not a time zone; write it like America/New_York.`,
    );
  }
  const { opensMinute, closesMinute } = wanted;
  if ((opensMinute === null) !== (closesMinute === null)) {
    throw new DestinyError('invalid_input', 'Set opensMinute and closesMinute together.');
  }
  if (opensMinute !== null && closesMinute !== null && opensMinute >= closesMinute) {
    throw new DestinyError('invalid_input', 'The calling hours close before they open.');
  }
  const account = await ctx.platform.carrierAccountBySid(wanted.carrierAccountSid);
  if (account === null || (account.tenantId !== null && account.tenantId !== wanted.id)) {
    throw new DestinyError(
      'not_found',
      `There is no carrier account ${wanted.carrierAccountSid}; register it first.`,
    );
  }
}
