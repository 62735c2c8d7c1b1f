import { and, asc, eq, gt } from 'drizzle-orm';
import { suppression } from '../db/schema/contact.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';

export type SuppressionView = {
  readonly number: string;
  readonly reason: (typeof suppression.$inferSelect)['reason'];
  readonly source: string | null;
  readonly createdAt: number;
};

/** By number; the cursor is the last number of the page before. */
export async function listSuppressions(
  ctx: TenantContext,
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<SuppressionView[]> {
  const where = page.cursor === undefined ? undefined : gt(suppression.e164, page.cursor);
  const rows = await ctx.db.find(suppression, where, {
    orderBy: asc(suppression.e164),
    limit: page.limit,
  });
  return rows.map(({ e164, reason, source, createdAt }) => ({
    ...{ number: e164, reason, source, createdAt },
  }));
}

/** By a person of the tenant, who says why in the audit log. Answers why it had been suppressed. */
export async function liftSuppression(
  ctx: TenantContext,
  e164: string,
): Promise<SuppressionView['reason']> {
  const found = await ctx.db.findOne(suppression, eq(suppression.e164, e164));
  if (found === null) {
    throw new DestinyError('not_found', `The number ${e164} is not suppressed.`);
  }
  await ctx.db.run(ctx.db.delete(suppression, eq(suppression.e164, e164)));
  return found.reason;
}

/** START by SMS: takes back what a STOP by SMS has said, and nothing else. */
export async function liftSmsStop(ctx: TenantContext, e164: string): Promise<boolean> {
  const isSmsStop = and(eq(suppression.e164, e164), eq(suppression.reason, 'sms_stop'));
  if (isSmsStop === undefined) return false;
  return (await ctx.db.run(ctx.db.delete(suppression, isSmsStop))) > 0;
}
