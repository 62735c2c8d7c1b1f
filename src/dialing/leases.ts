import type { TenantRow } from '../db/platform-db.ts';
import { TALK_SECONDS } from '../telephony/far-verbs.ts';

/** Longer than a claim's ninety seconds of dialing, so a healthy queue hardly meets the sweeper. */
export const QUEUED_LEASE_MS = 120_000;
/** Longer than the carrier client's own time limit on one POST. */
export const DIALING_LEASE_MS = 30_000;
/** A listing may lag behind a create; an `unknown` is not given up sooner than this. */
export const UNKNOWN_GRACE_MS = 60_000;
/** The longest that a campaign may let a call ring. */
export const RING_SECONDS_MOST = 60;
/** product.md: a conversation ends by itself after ten minutes; the carrier cuts it a little later, or after the talk it led to. */
export const CALL_LIMIT_SECONDS = 660;
/** From the POST until the longest call is surely over: how long it may hold its place. */
export const PLACE_LEASE_MS = (RING_SECONDS_MOST + CALL_LIMIT_SECONDS + TALK_SECONDS + 60) * 1000;
/** A call that has not ended by then is asked for at the carrier, and again as often. */
export const ACCEPTED_LEASE_MS = 90_000;

/**
 * Places that campaigns leave free, so that who calls the tenant gets through: a tenth where the
 * tenant takes calls at all, and never the last one.
 */
export function inboundReserve(plan: TenantRow['plan'], maxConcurrentCalls: number): number {
  if (plan === 'OUTBOUND') return 0;
  return Math.min(Math.ceil(maxConcurrentCalls / 10), maxConcurrentCalls - 1);
}
