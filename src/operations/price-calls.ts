import type { Carrier } from '../telephony/carrier.ts';
import type { TenantContext } from '../tenants/context.ts';

/** Twilio gives a call its price some time after its end: asked for at these ages, in minutes. */
export const PRICE_AGES = [15, 60, 360, 1440, 2880] as const;

const MINUTE_MS = 60_000;
const LEASE_MS = 2 * MINUTE_MS;
/** Calls older than the last pass are not asked about any more. */
const OLDEST_MS = (2880 + 60) * MINUTE_MS;

type Unpriced = {
  readonly id: string;
  readonly sid: string | null;
  readonly createdAt: number;
  readonly isOpen: number;
};

/**
 * Puts the carrier's own prices in place of estimates. Each pass walks over the calls once, by the
 * time they began, and keeps how far it came: no call carries a mark that would have to be
 * written. Answers how many calls the carrier was asked about.
 */
export async function priceCalls(
  ctx: TenantContext,
  carrier: () => Promise<Pick<Carrier, 'fetchCall'>>,
  most: number,
): Promise<number> {
  let asked = 0;
  for (const minutes of PRICE_AGES) {
    if (asked >= most) break;
    asked += await pricePass(ctx, carrier, minutes, most - asked);
  }
  return asked;
}

async function pricePass(
  ctx: TenantContext,
  carrier: () => Promise<Pick<Carrier, 'fetchCall'>>,
  minutes: number,
  most: number,
): Promise<number> {
  const now = ctx.clock.now();
  const upTo = now - minutes * MINUTE_MS;
  const calls = await ctx.db.rows<Unpriced>(
    ctx.db.raw(UNPASSED, minutes, now - OLDEST_MS, upTo, most),
  );
  const last = calls.at(-1);
  if (last === undefined) return 0;
  const leased = await ctx.db.rows(
    ctx.db.raw(LEASE, minutes, now, now + LEASE_MS, now - OLDEST_MS),
  );
  if (leased.length === 0) return 0;
  const asked = calls.filter(({ sid, isOpen }) => sid !== null && isOpen === 1);
  if (asked.length > 0) {
    const own = await carrier();
    for (const { id, sid } of asked) await priceOne(ctx, own, id, sid ?? '');
  }
  // Calls of the same millisecond may stand on the next page.
  const isMore = calls.length === most && calls[0]?.createdAt !== last.createdAt;
  const doneUpTo = isMore ? last.createdAt - 1 : last.createdAt;
  await ctx.db.run(ctx.db.raw(PASSED, minutes, doneUpTo));
  return asked.length;
}

async function priceOne(
  ctx: TenantContext,
  carrier: Pick<Carrier, 'fetchCall'>,
  callId: string,
  sid: string,
): Promise<void> {
  const known = await carrier.fetchCall(sid);
  if (known?.price == null || known.priceUnit !== 'USD') return;
  const micros = Math.round(-Number(known.price) * 1_000_000);
  if (!Number.isSafeInteger(micros) || micros < 0) return;
  await ctx.db.batch([
    ctx.db.raw(CORRECT_DAY, callId, micros),
    ctx.db.raw(CORRECT_ATTEMPT, callId, micros),
    ctx.db.raw(SET_PRICE, callId, micros),
  ]);
}

const UNPASSED = `SELECT id, twilio_sid AS sid, created_at AS createdAt,
  (status = 'completed' AND ended_at IS NOT NULL AND NOT is_cost_final) AS isOpen
FROM call WHERE tenant_id = ?1 AND created_at <= ?4 AND created_at > coalesce(
  (SELECT done_up_to FROM price_pass WHERE tenant_id = ?1 AND minutes = ?2), ?3)
ORDER BY created_at LIMIT ?5`;

const LEASE = `INSERT INTO price_pass (tenant_id, minutes, done_up_to, lease_until)
VALUES (?1, ?2, ?5, ?4)
ON CONFLICT DO UPDATE SET lease_until = ?4 WHERE lease_until < ?3 RETURNING minutes`;

const PASSED = `UPDATE price_pass SET done_up_to = ?3, lease_until = 0
WHERE tenant_id = ?1 AND minutes = ?2`;

/** Before the price is set, which tells whether it is new. */
const CORRECT_DAY = `UPDATE dial_day SET spent_micros = spent_micros + ?3 - a.cost_micros
FROM attempt a JOIN call c ON c.tenant_id = a.tenant_id AND c.id = a.id
WHERE a.tenant_id = ?1 AND a.id = ?2 AND a.state = 'ended' AND a.cost_micros != ?3
  AND NOT c.is_cost_final AND dial_day.tenant_id = ?1 AND dial_day.day = a.dial_day`;

const CORRECT_ATTEMPT = `UPDATE attempt SET cost_micros = ?3
WHERE tenant_id = ?1 AND id = ?2 AND state = 'ended' AND cost_micros != ?3
  AND EXISTS (SELECT 1 FROM call c WHERE c.tenant_id = ?1 AND c.id = ?2 AND NOT c.is_cost_final)`;

const SET_PRICE = `UPDATE call SET cost_micros = ?3, is_cost_final = 1
WHERE tenant_id = ?1 AND id = ?2 AND NOT is_cost_final`;
