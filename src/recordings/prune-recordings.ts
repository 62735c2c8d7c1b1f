import type { ObjectStore } from '../store/store.ts';
import type { TenantContext } from '../tenants/context.ts';
import { eraseRecordings } from './erase-recordings.ts';

const DAY_MS = 86_400_000;
const PRUNED_AT_A_TIME = 100;

/** Deletes sound that is older than the tenant keeps it; answers how many recordings lost theirs. */
export async function pruneRecordings(
  ctx: TenantContext,
  store: Pick<ObjectStore, 'delete'>,
): Promise<number> {
  const days = ctx.tenant.recordingRetentionDays;
  if (days === null) return 0;
  const old = await ctx.db.rows<{ id: string }>(
    ctx.db.raw(OLD, ctx.clock.now() - days * DAY_MS, PRUNED_AT_A_TIME),
  );
  const ids = old.map(({ id }) => id);
  if (ids.length > 0) await eraseRecordings(ctx, store, ids);
  return ids.length;
}

const OLD = `SELECT id FROM recording
WHERE tenant_id = ?1 AND created_at < ?2 AND state = 'stored' ORDER BY created_at LIMIT ?3`;
