import { inList } from '../db/in-list.ts';
import { call } from '../db/schema/call.ts';
import { DestinyError } from '../shared/errors.ts';
import type { CallStatus } from '../telephony/status.ts';
import type { TenantContext } from '../tenants/context.ts';
import { type CallFilter, searchOf } from './search-calls.ts';

export type CallRow = Omit<typeof call.$inferSelect, 'tenantId' | 'appliedUpTo'>;
export type CallPage = { readonly calls: readonly CallRow[]; readonly nextCursor: string | null };

export type ListCallsInput = {
  readonly status?: CallStatus | undefined;
  readonly outcome?: string | undefined;
  readonly direction?: 'outbound' | 'inbound' | undefined;
  readonly campaignId?: string | undefined;
  /** Of the person: begins with it after a plus, else contains it. */
  readonly number?: string | undefined;
  /** Part of what stands in the contact's fields, or of its externalId. */
  readonly contact?: string | undefined;
  readonly sid?: string | undefined;
  /** Began in [from, to), epoch ms. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
};

/** A place in the ledger, newest first. */
export type Place = { readonly createdAt: number; readonly id: string };

/**
 * The ledger, newest first. A filter that few calls meet is looked for among so many calls a page
 * that the answer stays quick: such a page may be short, or empty, and still have a next one.
 */
export async function listCalls(ctx: TenantContext, input: ListCallsInput): Promise<CallPage> {
  const before = placeBefore(input);
  const search = await searchOf(ctx, filterOf(input), before, input.limit);
  const places = await ctx.db.rows<Place>(search.statement);
  const ids = places.map(({ id }) => id);
  const found = ids.length === 0 ? [] : await ctx.db.find(call, inList(call.id, ids));
  const byId = new Map(found.map((row) => [row.id, withoutInternals(row)]));
  const last = places.length === input.limit ? places.at(-1) : search.searchedTo;
  return {
    calls: ids.flatMap((id) => byId.get(id) ?? []),
    nextCursor: last == null ? null : `${last.createdAt}_${last.id}`,
  };
}

export function withoutInternals(row: typeof call.$inferSelect): CallRow {
  const { tenantId: _, appliedUpTo: __, ...shown } = row;
  return shown;
}

function filterOf(input: ListCallsInput): CallFilter {
  const { status, outcome, direction, campaignId, number, contact, sid, from } = input;
  return {
    ...{ status: status ?? null, outcome: outcome ?? null, direction: direction ?? null },
    ...{ campaignId: campaignId ?? null, contact: contact ?? null, sid: sid ?? null },
    number: number ?? null,
    from: from ?? 0,
  };
}

/** The first place after the last one that was shown, and before `to`. */
function placeBefore({ cursor, to = Number.MAX_SAFE_INTEGER }: ListCallsInput): Place {
  const end = { createdAt: to, id: '' };
  if (cursor === undefined) return end;
  const [, at, id] = /^(\d{1,15})_(.+)$/.exec(cursor) ?? [];
  if (at === undefined || id === undefined) {
    throw new DestinyError('invalid_input', 'Send nextCursor of the page before as cursor.');
  }
  const after = { createdAt: Number(at), id };
  return after.createdAt < to ? after : end;
}
