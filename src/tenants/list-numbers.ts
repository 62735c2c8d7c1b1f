import { desc, lt } from 'drizzle-orm';
import { phoneNumber } from '../db/schema/control.ts';
import type { TenantContext } from './context.ts';

/** Newest first; the cursor is the last number of the page before. */
export function listNumbers(
  ctx: TenantContext,
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<(typeof phoneNumber.$inferSelect)[]> {
  const where = page.cursor === undefined ? undefined : lt(phoneNumber.id, page.cursor);
  return ctx.control.find(phoneNumber, where, {
    orderBy: desc(phoneNumber.id),
    limit: page.limit,
  });
}
