import type { TenantContext } from '../tenants/context.ts';
import { type CancelQueue, markForCancel, sendCancels } from './cancel-calls.ts';
import { isWindowOpen, withinOuterBound } from './window.ts';
import { zonesOf } from './zones.ts';

type Ringing = {
  readonly id: string;
  readonly e164: string;
  readonly timeZone: string | null;
  readonly campaignTimeZone: string;
  readonly opensMinute: number;
  readonly closesMinute: number;
};

/** Takes back the calls of a campaign that nobody has answered and whose window has closed since. */
export async function cancelOutsideWindow(
  ctx: TenantContext,
  queue: CancelQueue,
  campaignId: string,
): Promise<void> {
  const now = ctx.clock.now();
  const ringing = await ctx.db.rows<Ringing>(ctx.db.raw(RINGING, campaignId));
  const closed = ringing.filter((one) => {
    const window = withinOuterBound(one, ctx.tenant.isOuterWindowLifted);
    return window === null || !isWindowOpen(now, zonesOf(one, one.campaignTimeZone), window);
  });
  if (closed.length === 0) return;
  const callIds = closed.map((one) => one.id);
  const [marked = []] = await ctx.db.batch([
    markForCancel(ctx.db, { callIds }, 'window_closed', now),
  ]);
  await sendCancels(queue, ctx.tenant.id, marked);
}

const RINGING = `SELECT a.id, a.e164, p.time_zone AS timeZone, c.time_zone AS campaignTimeZone,
  c.opens_minute AS opensMinute, c.closes_minute AS closesMinute
FROM attempt a
JOIN campaign c ON c.tenant_id = a.tenant_id AND c.id = a.campaign_id
JOIN call l ON l.tenant_id = a.tenant_id AND l.id = a.id
LEFT JOIN contact p ON p.tenant_id = a.tenant_id AND p.id = a.contact_id
WHERE a.tenant_id = ?1 AND a.campaign_id = ?2 AND a.state IN ('dialing', 'unknown', 'accepted')
  AND a.ended_at IS NULL AND a.cancel_reason IS NULL
  AND l.status IN ('queued', 'initiated', 'ringing')`;
