import { eq } from 'drizzle-orm';
import { suppression } from '../db/schema/contact.ts';
import { isAllowedDestination } from '../shared/destination.ts';
import { isE164 } from '../shared/e164.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import type { MessageQueue } from './jobs.ts';
import { insertTexts, upsertThread } from './message-rows.ts';
import { segmentsOf } from './segments.ts';

/** One text that the API asked for. It is committed before it is queued. */
export async function placeMessage(
  ctx: TenantContext,
  deps: {
    readonly queue: MessageQueue;
    readonly tenantOfNumber: (e164: string) => Promise<string | null>;
  },
  input: { readonly to: string; readonly fromNumber: string; readonly body: string },
): Promise<{ readonly id: string; readonly threadId: string; readonly segments: number }> {
  await check(ctx, deps.tenantOfNumber, input);
  const now = ctx.clock.now();
  const id = ctx.newId('msg');
  const threadOf = { id: ctx.newId('thr'), own: input.fromNumber, peer: input.to, now };
  const [found = []] = await ctx.db.batch([upsertThread(ctx.db, threadOf)]);
  const threadId = String(found[0]?.id);
  const texts = [{ id, body: input.body, purpose: 'single' }] as const;
  await ctx.db.batch([insertTexts(ctx.db, { threadId, step: null, texts, now })]);
  await deps.queue.send({ tenantId: ctx.tenant.id, type: 'send', messageId: id });
  return { id, threadId, segments: segmentsOf(input.body).segments };
}

async function check(
  ctx: TenantContext,
  tenantOfNumber: (e164: string) => Promise<string | null>,
  { to, fromNumber }: { readonly to: string; readonly fromNumber: string },
): Promise<void> {
  const wrong = (number: string, why: string) =>
    new DestinyError('invalid_number', `The number ${number} ${why}.`);
  for (const number of [to, fromNumber]) {
    if (!isE164(number)) throw wrong(number, 'is not E.164; write it like +15551234567');
  }
  if ((await tenantOfNumber(fromNumber)) !== ctx.tenant.id) {
    throw wrong(fromNumber, 'is not assigned to you; send from a number of yours');
  }
  if (!isAllowedDestination(to, ctx.tenant.callingCodes)) {
    throw wrong(to, 'lies in a country that your tenant may not write to');
  }
  if ((await ctx.db.findOne(suppression, eq(suppression.e164, to))) !== null) {
    throw wrong(to, 'asked not to be contacted again');
  }
}
