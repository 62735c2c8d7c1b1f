import type { CHANNELS } from '../db/schema/campaign.ts';
import type { TenantContext } from '../tenants/context.ts';
import { QUEUED_LEASE_MS } from './leases.ts';

/** One attempt that is to be dialled; the message of the `dial` queue. */
export type DialJob = { readonly tenantId: string; readonly callId: string };

/** New attempts, and how many of the campaign wait now with them. */
export type Claimed = { readonly jobs: readonly DialJob[]; readonly waiting: number };

/** One claim stays far below D1's 2 MB a parameter and a queue's 100 messages a batch. */
const CLAIM_PAGE = 100;

/**
 * Turns due contacts of a running campaign into attempts, at most `limit` waiting at once. The
 * attempt rows and their leases are committed before anything is queued: a queue that forgets is
 * refilled from them by the sweeper.
 */
export async function claimDue(
  ctx: TenantContext,
  input: {
    readonly campaignId: string;
    readonly limit: number;
    readonly channel?: (typeof CHANNELS)[number];
  },
): Promise<Claimed> {
  const waiting = await queuedCount(ctx, input.campaignId);
  const jobs: DialJob[] = [];
  for (let room = input.limit - waiting; room > 0; room -= CLAIM_PAGE) {
    const size = Math.min(room, CLAIM_PAGE);
    const page = await claimPage(ctx, input.campaignId, size, input.channel ?? 'voice');
    jobs.push(...page);
    if (page.length < size) break;
  }
  return { jobs, waiting: waiting + jobs.length };
}

async function queuedCount(ctx: TenantContext, campaignId: string): Promise<number> {
  const rows = await ctx.db.rows<{ n: number }>(
    ctx.db.raw(
      `SELECT count(*) AS n FROM attempt
       WHERE tenant_id = ?1 AND campaign_id = ?2 AND state = 'queued' AND ended_at IS NULL`,
      campaignId,
    ),
  );
  return rows[0]?.n ?? 0;
}

async function claimPage(
  ctx: TenantContext,
  campaignId: string,
  size: number,
  channel: (typeof CHANNELS)[number],
): Promise<DialJob[]> {
  const now = ctx.clock.now();
  const ids = JSON.stringify(Array.from({ length: size }, () => ctx.newId(PREFIX[channel])));
  const [claimed = []] = await ctx.db.batch([
    ctx.db.raw(INSERT_ATTEMPTS, campaignId, ids, now, now + QUEUED_LEASE_MS, size, channel),
    ctx.db.raw(ACTIVATE_ENROLMENTS, campaignId, ids),
  ]);
  return claimed.map((row) => ({ tenantId: ctx.tenant.id, callId: String(row.id) }));
}

const PREFIX = { voice: 'call', sms: 'cnv' } as const;

/**
 * A number that has an active attempt (partial unique index) stays due and is tried again later. The
 * page is cut by the index alone, before it is numbered: another order would sort all who are due.
 */
const INSERT_ATTEMPTS = `INSERT INTO attempt
  (tenant_id, id, campaign_id, contact_id, e164, ordinal, state, lease_until, created_at, channel)
SELECT ?1, ids.value, ?2, due.contact_id, due.e164, due.attempts + 1, 'queued', ?5, ?4, ?7
FROM (
  SELECT contact_id, e164, attempts, row_number() OVER (ORDER BY due_at, contact_id) - 1 AS k
  FROM (
    SELECT contact_id, e164, attempts, due_at FROM enrolment AS e
    WHERE tenant_id = ?1 AND campaign_id = ?2 AND state = 'due' AND due_at <= ?4
      AND NOT EXISTS (SELECT 1 FROM attempt a
                      WHERE a.tenant_id = ?1 AND a.e164 = e.e164 AND a.ended_at IS NULL)
      AND EXISTS (SELECT 1 FROM campaign c
                  WHERE c.tenant_id = ?1 AND c.id = ?2 AND c.state = 'running')
    ORDER BY due_at LIMIT ?6
  )
) AS due JOIN json_each(?3) AS ids ON ids.key = due.k
WHERE true ON CONFLICT DO NOTHING RETURNING id`;

const ACTIVATE_ENROLMENTS = `UPDATE enrolment SET state = 'active', attempts = attempts + 1
WHERE tenant_id = ?1 AND campaign_id = ?2 AND contact_id IN (
  SELECT contact_id FROM attempt
  WHERE tenant_id = ?1 AND id IN (SELECT value FROM json_each(?3)))`;
