import type { suppression } from '../db/schema/contact.ts';
import { type CancelQueue, markForCancel, sendCancels } from '../dialing/cancel-calls.ts';
import { isE164 } from '../shared/e164.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';

export type SuppressInput = {
  readonly e164: string;
  readonly reason: (typeof suppression.$inferSelect)['reason'];
  /** Where the wish came from, in a person's words. */
  readonly source?: string | undefined;
};

/**
 * From its commit on no call to this number is started, and those that nobody has answered yet are
 * taken back. Repeating it changes nothing; the first reason stays.
 */
export async function suppressNumber(
  ctx: TenantContext,
  queue: CancelQueue,
  input: SuppressInput,
): Promise<void> {
  if (!isE164(input.e164)) {
    throw new DestinyError(
      'invalid_number',
      `"${input.e164}" is not an E.164 number; write it like +15551234567.`,
    );
  }
  const now = ctx.clock.now();
  const [, marked = []] = await ctx.db.batch([
    ctx.db.raw(INSERT_SUPPRESSION, input.e164, input.reason, now, input.source ?? null),
    markForCancel(ctx.db, { e164: input.e164 }, 'suppressed', now),
  ]);
  await sendCancels(queue, ctx.tenant.id, marked);
}

const INSERT_SUPPRESSION = `INSERT INTO suppression (tenant_id, e164, reason, created_at, source)
VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING`;
