import { inList } from '../db/in-list.ts';
import { recording } from '../db/schema/recording.ts';
import { recordingKey } from '../recordings/copy-recording.ts';
import type { ObjectStore } from '../store/store.ts';
import type { TenantContext } from '../tenants/context.ts';

/**
 * Deletes what was recorded of these calls; the carrier's own copy is deleted by the queue of
 * recordings. True when one was just being copied, so that it has to be looked at again.
 */
export async function eraseRecordings(
  ctx: TenantContext,
  store: Pick<ObjectStore, 'delete'>,
  callIds: readonly string[],
): Promise<boolean> {
  const found = await ctx.db.find(recording, inList(recording.callId, callIds));
  for (const { id } of found) {
    await store.delete(recordingKey(ctx.tenant.id, id));
    await ctx.db.run(ctx.db.raw(FORGET, id, ctx.clock.now()));
  }
  return found.some(({ state }) => state === 'pending');
}

const FORGET = `UPDATE recording SET state = 'erased', object_key = NULL,
  lease_until = iif(cleared_at IS NULL, ?3, NULL)
WHERE tenant_id = ?1 AND id = ?2 AND state != 'erased'`;
