import { eq } from 'drizzle-orm';
import type { CallEvent } from '../db/event-store.ts';
import { call } from '../db/schema/call.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import { type CallRow, withoutInternals } from './list-calls.ts';

const DAY_MS = 86_400_000;

/** One call with its history in order. */
export async function readCall(
  ctx: TenantContext,
  input: { readonly callId: string },
): Promise<{ readonly call: CallRow; readonly events: readonly CallEvent[] }> {
  const found = await ctx.db.findOne(call, eq(call.id, input.callId));
  if (found === null) {
    throw new DestinyError('not_found', `There is no call ${input.callId}; check the identifier.`);
  }
  const to = (found.endedAt ?? ctx.clock.now()) + DAY_MS;
  const events = await ctx.events.read(found.id, found.createdAt - DAY_MS, to);
  return { call: withoutInternals(found), events };
}
