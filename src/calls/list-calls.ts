import { and, desc, eq, lt, type SQL } from 'drizzle-orm';
import { call } from '../db/schema/call.ts';
import type { TenantContext } from '../tenants/context.ts';

export type CallRow = Omit<typeof call.$inferSelect, 'tenantId' | 'appliedUpTo'>;
export type CallPage = { readonly calls: readonly CallRow[]; readonly nextCursor: string | null };

/** The ledger, newest first. The cursor is the last call of the page before. */
export async function listCalls(
  ctx: TenantContext,
  input: {
    readonly campaignId?: string | undefined;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<CallPage> {
  const conditions: SQL[] = [];
  if (input.campaignId !== undefined) conditions.push(eq(call.campaignId, input.campaignId));
  if (input.cursor !== undefined) conditions.push(lt(call.id, input.cursor));
  const rows = await ctx.db.find(call, and(...conditions), {
    orderBy: desc(call.id),
    limit: input.limit,
  });
  return {
    calls: rows.map(withoutInternals),
    nextCursor: rows.length === input.limit ? (rows.at(-1)?.id ?? null) : null,
  };
}

export function withoutInternals(row: typeof call.$inferSelect): CallRow {
  const { tenantId: _, appliedUpTo: __, ...shown } = row;
  return shown;
}
