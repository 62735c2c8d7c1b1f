import { inList } from '../db/in-list.ts';
import { recording } from '../db/schema/recording.ts';
import type { ObjectStore } from '../store/store.ts';
import type { TenantContext } from '../tenants/context.ts';

/**
 * Deletes sound in our store and marks its rows; what the carrier still has is deleted by the next
 * who looks after them. Killed at any moment, it is done again.
 */
export async function eraseRecordings(
  ctx: TenantContext,
  store: Pick<ObjectStore, 'delete'>,
  ids: readonly string[],
): Promise<void> {
  const rows = await ctx.db.find(recording, inList(recording.id, ids));
  for (const { objectKey } of rows) if (objectKey !== null) await store.delete(objectKey);
  await ctx.db.run(ctx.db.raw(ERASE, JSON.stringify(ids), ctx.clock.now()));
}

/** A lease that is over: cron has the carrier's own copy deleted. */
const ERASE = `UPDATE recording SET state = 'erased', object_key = NULL, bytes = NULL,
  lease_until = iif(cleared_at IS NULL, ?3, NULL)
WHERE tenant_id = ?1 AND id IN (SELECT value FROM json_each(?2))`;
