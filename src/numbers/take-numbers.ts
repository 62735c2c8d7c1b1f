import { DestinyError } from '../shared/errors.ts';
import type { OwnedNumber } from '../telephony/numbers.ts';
import { assignNumber } from '../tenants/assign-number.ts';
import type { PlatformContext } from '../tenants/platform-context.ts';
import { checkOwnAccount, type NumbersContext } from './context.ts';

export type Imported = {
  readonly imported: { readonly id: string; readonly number: string }[];
  /** Numbers that somebody has already, this tenant or another. */
  readonly skipped: string[];
};

/** Takes every number of the tenant's own account; what is assigned already stays where it is. */
export async function importNumbers(
  ctx: NumbersContext,
  platform: PlatformContext,
): Promise<Imported> {
  checkOwnAccount(ctx);
  const found: Imported = { imported: [], skipped: [] };
  for (const owned of await ctx.inventory.list()) {
    const id = await assign(ctx, platform, owned);
    if (id === null) found.skipped.push(owned.e164);
    else found.imported.push({ id, number: owned.e164 });
  }
  return found;
}

/**
 * Buys a number with the right webhooks, or takes one that the account has already: after an answer
 * that was lost the same request finds what it bought.
 */
export async function buyNumber(
  ctx: NumbersContext,
  platform: PlatformContext,
  e164: string,
): Promise<{ readonly id: string; readonly number: string }> {
  checkOwnAccount(ctx);
  const [known] = await ctx.inventory.list({ e164 });
  const owned = known ?? (await ctx.inventory.buy(e164, ctx.webhooks));
  const id = await assign(ctx, platform, owned);
  if (id === null) throw new DestinyError('conflict', `The number ${e164} is assigned already.`);
  return { id, number: owned.e164 };
}

async function assign(
  ctx: NumbersContext,
  platform: PlatformContext,
  { sid, e164 }: OwnedNumber,
): Promise<string | null> {
  const wanted = { tenantId: ctx.tenant.tenant.id, e164, twilioSid: sid };
  try {
    return (await assignNumber(platform, wanted)).id;
  } catch (error) {
    if (error instanceof DestinyError && error.code === 'conflict') return null;
    throw error;
  }
}
