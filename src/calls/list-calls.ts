import { and, desc, type SQL, sql } from 'drizzle-orm';
import { call } from '../db/schema/call.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import { conditionsOf, type FindCalls } from './find-calls.ts';

export type CallRow = Omit<typeof call.$inferSelect, 'tenantId' | 'appliedUpTo' | 'peer'>;
export type CallPage = { readonly calls: readonly CallRow[]; readonly nextCursor: string | null };

/**
 * How many calls a page looks at where no index knows the filter: first few, which mostly do, then
 * more, and no more than that. What is rare among millions comes in several pages, of which one may
 * be empty and still not be the last.
 */
export const LOOKS_AT: readonly number[] = [1_000, 20_000];

type Place = { readonly at: number; readonly id: string };

/** The ledger, newest first. `nextCursor` is null at its end. */
export async function listCalls(
  ctx: TenantContext,
  input: FindCalls & { readonly cursor?: string | undefined; readonly limit: number },
): Promise<CallPage> {
  const { narrow, wide } = conditionsOf(input);
  const after = input.cursor === undefined ? undefined : before(placeOf(input.cursor));
  const open = and(narrow, after);
  if (wide === undefined) return page(await newest(ctx, open, input.limit), input.limit, null);
  let end: Place | null = null;
  let rows: readonly CallRow[] = [];
  for (const size of LOOKS_AT) {
    end = await placeAfter(ctx, open, size);
    rows = await newest(ctx, and(open, wide, end === null ? undefined : from(end)), input.limit);
    if (rows.length === input.limit || end === null) break;
  }
  return page(rows, input.limit, end);
}

function page(rows: readonly CallRow[], limit: number, end: Place | null): CallPage {
  const last = rows.at(-1);
  if (rows.length < limit || last === undefined) {
    return { calls: rows, nextCursor: end === null ? null : cursorOf(end) };
  }
  return { calls: rows, nextCursor: cursorOf({ at: last.createdAt, id: last.id }) };
}

const NEWEST_FIRST = sql`${desc(call.createdAt)}, ${desc(call.id)}`;

async function newest(
  ctx: TenantContext,
  where: SQL | undefined,
  limit: number,
): Promise<readonly CallRow[]> {
  const rows = await ctx.db.find(call, where, { orderBy: NEWEST_FIRST, limit });
  return rows.map(withoutInternals);
}

/** The last of so many calls, newest first; null when there are fewer. */
async function placeAfter(
  ctx: TenantContext,
  where: SQL | undefined,
  calls: number,
): Promise<Place | null> {
  const at = { orderBy: NEWEST_FIRST, limit: 1, skip: calls - 1 };
  const [last] = await ctx.db.find(call, where, at);
  return last === undefined ? null : { at: last.createdAt, id: last.id };
}

const before = ({ at, id }: Place) => sql`(${call.createdAt}, ${call.id}) < (${at}, ${id})`;
const from = ({ at, id }: Place) => sql`(${call.createdAt}, ${call.id}) >= (${at}, ${id})`;

const cursorOf = ({ at, id }: Place) => `${at}.${id}`;

function placeOf(cursor: string): Place {
  const [, at, id] = /^(\d{1,15})\.(.+)$/.exec(cursor) ?? [];
  if (at === undefined || id === undefined) {
    throw new DestinyError('invalid_input', 'The cursor is not one of ours; begin without one.');
  }
  return { at: Number(at), id };
}

export function withoutInternals(row: typeof call.$inferSelect): CallRow {
  const { tenantId: _, appliedUpTo: __, peer: ___, ...shown } = row;
  return shown;
}
