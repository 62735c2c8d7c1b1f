import { and, isNull, lt, notInArray } from 'drizzle-orm';
import { contactImport } from '../db/schema/import.ts';
import type { ObjectStore } from '../store/store.ts';
import type { TenantContext } from '../tenants/context.ts';
import { fileKey } from './find-import.ts';

/** A file of people's numbers is kept for a week, and so are the rows of it that were refused. */
export const UPLOAD_LIVES_MS = 7 * 86_400_000;
const PRUNED_AT_A_TIME = 20;

/** Deletes files that are old enough; one that is being read waits for the next time. */
export async function pruneUploads(
  ctx: TenantContext,
  store: Pick<ObjectStore, 'delete'>,
): Promise<number> {
  const now = ctx.clock.now();
  const isOld = and(
    lt(contactImport.createdAt, now - UPLOAD_LIVES_MS),
    isNull(contactImport.fileDeletedAt),
    notInArray(contactImport.state, ['checking', 'running']),
  );
  const old = await ctx.db.find(contactImport, isOld, { limit: PRUNED_AT_A_TIME });
  for (const { id } of old) {
    await store.delete(fileKey(ctx, id));
    await ctx.db.batch([
      ctx.db.raw('DELETE FROM import_rejection WHERE tenant_id = ?1 AND import_id = ?2', id),
      ctx.db.raw(
        'UPDATE contact_import SET file_deleted_at = ?3 WHERE tenant_id = ?1 AND id = ?2',
        id,
        now,
      ),
    ]);
  }
  return old.length;
}
