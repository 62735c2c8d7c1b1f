import { and, desc, eq, lt } from 'drizzle-orm';
import { message, thread } from '../db/schema/message.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import type { MessageRow } from './send-message.ts';
import type { ThreadRow } from './thread-lock.ts';

type PageInput = { readonly cursor?: string | undefined; readonly limit: number };

/** The latest first; the cursor is the time of the last one of the page before. */
export function listThreads(ctx: TenantContext, page: PageInput): Promise<ThreadRow[]> {
  const where = page.cursor === undefined ? undefined : lt(thread.lastAt, Number(page.cursor));
  return ctx.db.find(thread, where, { orderBy: desc(thread.lastAt), limit: page.limit });
}

/** A thread and its texts, newest first. */
export async function readThread(
  ctx: TenantContext,
  input: PageInput & { readonly threadId: string },
): Promise<{ readonly thread: ThreadRow; readonly messages: readonly MessageRow[] }> {
  const found = await ctx.db.findOne(thread, eq(thread.id, input.threadId));
  if (found === null) {
    throw new DestinyError('not_found', `There is no conversation ${input.threadId}.`);
  }
  const own = eq(message.threadId, found.id);
  const where =
    input.cursor === undefined ? own : and(own, lt(message.createdAt, Number(input.cursor)));
  const messages = await ctx.db.find(message, where, {
    orderBy: desc(message.createdAt),
    limit: input.limit,
  });
  return { thread: found, messages };
}
