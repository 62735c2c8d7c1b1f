import { isE164 } from '../shared/e164.ts';
import { DestinyError } from '../shared/errors.ts';
import type { PlatformContext } from './platform-context.ts';

/** Gives a number to a tenant; a number has one tenant at a time. */
export async function assignNumber(
  ctx: PlatformContext,
  input: { readonly tenantId: string; readonly e164: string; readonly twilioSid: string | null },
): Promise<{ readonly id: string }> {
  if (!isE164(input.e164)) {
    throw new DestinyError(
      'invalid_number',
      `"${input.e164}" is not an E.164 number; write it like +15551234567.`,
    );
  }
  const id = ctx.newId('num');
  const isAdded = await ctx.platform.insertNumber({ ...input, id, createdAt: ctx.clock.now() });
  if (!isAdded) {
    throw new DestinyError('conflict', `The number ${input.e164} is assigned already.`);
  }
  return { id };
}
