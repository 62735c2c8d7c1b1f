import { eq } from 'drizzle-orm';
import { contactImport } from '../db/schema/import.ts';
import type { ObjectStore } from '../store/store.ts';
import type { TenantContext } from '../tenants/context.ts';
import { fileKey } from './find-import.ts';

/** Long enough to run an import again, short for a list of people that lies about. */
export const FILE_LIVES_MS = 7 * 86_400_000;
const FILES_A_TICK = 100;

/** Deletes the files of imports that are a week old and not under way. */
export async function deleteOldFiles(
  ctx: TenantContext,
  store: Pick<ObjectStore, 'delete'>,
): Promise<void> {
  const now = ctx.clock.now();
  const old = await ctx.db.rows<{ id: string }>(ctx.db.raw(OLD, now - FILE_LIVES_MS, FILES_A_TICK));
  for (const { id } of old) {
    await store.delete(fileKey(ctx, id));
    await ctx.db.run(
      ctx.db.update(contactImport, { fileDeletedAt: now }, eq(contactImport.id, id)),
    );
  }
}

const OLD = `SELECT id FROM contact_import WHERE tenant_id = ?1 AND created_at < ?2
  AND bytes > 0 AND file_deleted_at IS NULL AND state NOT IN ('checking', 'running')
ORDER BY id LIMIT ?3`;
