import { eq, sql } from 'drizzle-orm';
import { call } from '../db/schema/call.ts';
import { recording } from '../db/schema/recording.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';

/** A script may record often; nobody listens to more of one call. */
const MOST = 100;

export type RecordingRow = Omit<typeof recording.$inferSelect, 'tenantId' | 'objectKey'>;

/** What was recorded of one call, oldest first. */
export async function listRecordings(
  ctx: TenantContext,
  input: { readonly callId: string },
): Promise<RecordingRow[]> {
  if ((await ctx.db.findOne(call, eq(call.id, input.callId))) === null) {
    throw new DestinyError('not_found', `There is no call ${input.callId}; check the identifier.`);
  }
  const rows = await ctx.db.find(recording, eq(recording.callId, input.callId), {
    orderBy: sql`${recording.createdAt}, ${recording.id}`,
    limit: MOST,
  });
  return rows.map(({ tenantId: _tenant, objectKey: _key, ...shown }) => shown);
}
