import { eq } from 'drizzle-orm';
import { campaign } from '../db/schema/campaign.ts';
import { suppression } from '../db/schema/contact.ts';
import type { TenantContext } from '../tenants/context.ts';
import type { AfterAttempt } from './end-attempt.ts';
import { DIALING_LEASE_MS } from './leases.ts';
import type { ReadyAttempt } from './plan-attempts.ts';
import { type CallingWindow, isWindowOpen, moveIntoWindow } from './window.ts';

export type GateRefusal = { readonly result: string; readonly after: AfterAttempt };

/**
 * The dialing write: commits `dialing` and the ledger's row only if the campaign runs and the
 * number is not suppressed at this moment. No row, no POST. Null when the gate opened, `taken` when
 * somebody else has the attempt.
 */
export async function passGate(
  ctx: TenantContext,
  ready: ReadyAttempt,
): Promise<null | 'taken' | GateRefusal> {
  const now = ctx.clock.now();
  const refused = refusalNow(ctx, ready, now);
  if (refused !== null) return refused;
  const { attempt } = ready;
  const [opened = []] = await ctx.db.batch([
    ctx.db.raw(SET_DIALING, attempt.id, now, now + DIALING_LEASE_MS),
    ctx.db.raw(
      INSERT_CALL,
      attempt.id,
      now,
      ready.campaign.scriptId,
      ready.campaign.scriptVersion,
      ready.campaign.fromNumber,
    ),
  ]);
  return opened.length > 0 ? null : refusalFound(ctx, ready, now);
}

const SET_DIALING = `UPDATE attempt SET state = 'dialing', dialing_at = ?3, lease_until = ?4
WHERE tenant_id = ?1 AND id = ?2 AND state = 'queued'
  AND EXISTS (SELECT 1 FROM campaign c
              WHERE c.tenant_id = ?1 AND c.id = attempt.campaign_id AND c.state = 'running')
  AND NOT EXISTS (SELECT 1 FROM suppression s
                  WHERE s.tenant_id = ?1 AND s.e164 = attempt.e164)
RETURNING id`;

const INSERT_CALL = `INSERT INTO call
  (tenant_id, id, direction, campaign_id, contact_id, script_id, script_version,
   from_number, to_number, status, turns, applied_up_to, created_at)
SELECT ?1, id, 'outbound', campaign_id, contact_id, ?4, ?5, ?6, e164, 'queued', 0, 0, ?3
FROM attempt WHERE tenant_id = ?1 AND id = ?2 AND state = 'dialing' AND dialing_at = ?3
ON CONFLICT DO NOTHING`;

/** What needs no database: the plan, the destination and the window at the called person's place. */
function refusalNow(ctx: TenantContext, ready: ReadyAttempt, now: number): GateRefusal | null {
  const { tenant } = ctx;
  if (tenant.state !== 'active') return skipped('tenant_suspended');
  if (tenant.plan === 'INBOUND') return skipped('plan_without_outbound');
  const isAllowed = tenant.callingCodes.some((code) => ready.attempt.e164.startsWith(`+${code}`));
  if (!isAllowed) return skipped('destination_not_allowed');
  if (ready.window === null) return skipped('window_never_open');
  if (isWindowOpen(now, ready.timeZone, ready.window)) return null;
  return dueWhenOpen('window_closed', ready.timeZone, ready.window, now);
}

/** The write found nothing to change: read why. */
async function refusalFound(
  ctx: TenantContext,
  ready: ReadyAttempt,
  now: number,
): Promise<'taken' | GateRefusal> {
  const [stopped, current] = await Promise.all([
    ctx.db.findOne(suppression, eq(suppression.e164, ready.attempt.e164)),
    ctx.db.findOne(campaign, eq(campaign.id, ready.campaign.id)),
  ]);
  if (stopped !== null) return skipped('suppressed');
  if (current?.state === 'paused') {
    return { result: 'campaign_paused', after: { state: 'due', dueAt: now, isCounted: false } };
  }
  if (current?.state !== 'running') return skipped('campaign_stopped');
  return 'taken';
}

function skipped(result: string): GateRefusal {
  return { result, after: { state: 'skipped' } };
}

function dueWhenOpen(
  result: string,
  timeZone: string,
  window: CallingWindow,
  now: number,
): GateRefusal {
  const dueAt = moveIntoWindow(now, timeZone, window);
  return { result, after: { state: 'due', dueAt, isCounted: false } };
}
