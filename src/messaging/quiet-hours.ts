import { desc, eq } from 'drizzle-orm';
import { contact } from '../db/schema/contact.ts';
import { message } from '../db/schema/message.ts';
import { moveIntoWindow, withinOuterBound } from '../dialing/window.ts';
import { zonesOf } from '../dialing/zones.ts';
import type { TenantContext } from '../tenants/context.ts';
import type { MessageRow } from './send-message.ts';

/** What we begin of ourselves; an answer to a text, and what the API asks for, go at once. */
const BEGUN_BY_US: ReadonlySet<MessageRow['purpose']> = new Set(['call', 'follow_up']);
const ALL_DAY = { opensMinute: 0, closesMinute: 1440 };
const DAY_MS = 86_400_000;

/**
 * Lays a text aside while it is night where its reader is: cron sends it in the morning. False when
 * it may go now.
 */
export async function waitsForMorning(ctx: TenantContext, own: MessageRow): Promise<boolean> {
  const window = withinOuterBound(ALL_DAY, ctx.tenant.isOuterWindowLifted);
  if (!BEGUN_BY_US.has(own.purpose) || window === null) return false;
  const [person] = await ctx.db.find(contact, eq(contact.e164, own.toNumber), {
    orderBy: desc(contact.updatedAt),
    limit: 1,
  });
  const reader = { e164: own.toNumber, timeZone: person?.timeZone ?? null };
  const now = ctx.clock.now();
  const opens = moveIntoWindow(now, zonesOf(reader, ctx.tenant.timeZone), window) ?? now + DAY_MS;
  if (opens === now) return false;
  await ctx.db.run(ctx.db.update(message, { leaseUntil: opens }, eq(message.id, own.id)));
  return true;
}
