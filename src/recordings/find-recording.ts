import { eq } from 'drizzle-orm';
import { recording } from '../db/schema/recording.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';

/** Where a recording's sound lies; one that has none says why. */
export async function findSound(
  ctx: TenantContext,
  recordingId: string,
): Promise<{ readonly key: string; readonly bytes: number }> {
  const found = await ctx.db.findOne(recording, eq(recording.id, recordingId));
  if (found === null) {
    throw new DestinyError('not_found', `There is no recording ${recordingId}.`);
  }
  const { state, objectKey: key, bytes } = found;
  if (state === 'stored' && key !== null && bytes !== null) return { key, bytes };
  throw new DestinyError('conflict', `The recording cannot be heard: it is ${state}.`);
}
