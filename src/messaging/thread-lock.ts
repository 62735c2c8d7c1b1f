import { eq } from 'drizzle-orm';
import { thread } from '../db/schema/message.ts';
import type { TenantContext } from '../tenants/context.ts';

export type ThreadRow = typeof thread.$inferSelect;

/** A step takes a second; who died in it is followed after this time. */
const LOCK_MS = 20_000;

/** The thread, and with it the right to work out its next step. Null while somebody else has that. */
export async function lockThread(ctx: TenantContext, threadId: string): Promise<ThreadRow | null> {
  const now = ctx.clock.now();
  const taken = await ctx.db.run(ctx.db.raw(LOCK, threadId, now, now + LOCK_MS));
  return taken === 0 ? null : ctx.db.findOne(thread, eq(thread.id, threadId));
}

export async function unlockThread(ctx: TenantContext, threadId: string): Promise<void> {
  await ctx.db.run(ctx.db.update(thread, { lockUntil: null }, eq(thread.id, threadId)));
}

const LOCK = `UPDATE thread SET lock_until = ?4
WHERE tenant_id = ?1 AND id = ?2 AND (lock_until IS NULL OR lock_until <= ?3)`;
