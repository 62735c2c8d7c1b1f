/** When the next call of each campaign that has a pace of its own may be booked, epoch ms. */
export type CampaignPaces = Readonly<Record<string, number>>;

/** A booking that was asked for late is made up for, this much and no more. */
const CATCH_UP_MS = 1000;
/** An entry so old says nothing any more. */
const FORGET_AFTER_MS = 60_000;

/**
 * A campaign's own limit beside the account's: how many of `n` calls may be booked now, and when the
 * next may. In any stretch of w seconds no more than (w + 1) * callsPerSecond + 1 are booked (GCRA).
 */
export function bookOwnPace(
  paces: CampaignPaces,
  request: {
    readonly campaignId: string;
    readonly callsPerSecond: number;
    readonly n: number;
    readonly now: number;
  },
): { readonly n: number; readonly nextInMs: number } {
  const { now, n } = request;
  const intervalMs = 1000 / request.callsPerSecond;
  const due = nextDue(paces, request.campaignId, now);
  const free = due > now ? 0 : Math.floor((now - due) / intervalMs) + 1;
  const booked = Math.min(n, free);
  return { n: booked, nextInMs: Math.max(0, due + booked * intervalMs - now) };
}

/** After so many of the calls that might be booked really were. */
export function notePaced(
  paces: CampaignPaces,
  booked: {
    readonly campaignId: string;
    readonly callsPerSecond: number;
    readonly n: number;
    readonly now: number;
  },
): CampaignPaces {
  const { campaignId, now } = booked;
  const due = nextDue(paces, campaignId, now) + (booked.n * 1000) / booked.callsPerSecond;
  const kept = Object.entries(paces).filter(([, at]) => at > now - FORGET_AFTER_MS);
  return { ...Object.fromEntries(kept), [campaignId]: due };
}

/** A campaign that was not heard of before has nothing to make up for. */
function nextDue(paces: CampaignPaces, campaignId: string, now: number): number {
  return Math.max(paces[campaignId] ?? now, now - CATCH_UP_MS);
}
