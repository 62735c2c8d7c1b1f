import { reserve } from '../shared/gcra.ts';

/** When the next call of each campaign with a pace of its own may start; plain data, to be kept. */
export type CampaignPaces = Readonly<Record<string, number>>;

export type OwnPace = { readonly campaignId: string; readonly callsPerSecond: number };

/** So far ahead a campaign gets slots, as far as the account's own may lie; what is later asks again. */
const AHEAD_MS = 4000;
/** The rests of computed times. */
const NOTHING_MS = 0.001;

/** Delays of the first of `n` calls that its own pace lets start soon; evenly spaced, no burst. */
export function ownDelays(
  paces: CampaignPaces,
  own: OwnPace,
  n: number,
  now: number,
): readonly number[] {
  const intervalMs = 1000 / own.callsPerSecond;
  const soon = Math.min(n, 1 + Math.floor(AHEAD_MS / intervalMs + NOTHING_MS));
  const { delaysMs } = reserve(
    { tat: paces[own.campaignId] ?? 0 },
    { now, n: soon, intervalMs, burst: 1 },
  );
  return delaysMs.filter((delayMs) => delayMs <= AHEAD_MS);
}

/** After its calls were given these delays. Campaigns whose pace has gone by are forgotten. */
export function noteOwnDelays(
  paces: CampaignPaces,
  own: OwnPace,
  delaysMs: readonly number[],
  now: number,
): CampaignPaces {
  const later = Object.entries(paces).filter(([, at]) => at > now);
  const last = delaysMs.at(-1);
  const next = last === undefined ? [] : [[own.campaignId, now + last + 1000 / own.callsPerSecond]];
  return Object.fromEntries([...later, ...next]);
}

/** After how long it is worth asking for the campaign's next call. */
export function askAgainAfter(paces: CampaignPaces, campaignId: string, now: number): number {
  return Math.max(0, (paces[campaignId] ?? now) - AHEAD_MS - now);
}
