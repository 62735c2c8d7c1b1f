/** Slots are reserved ahead and the network is late now and then: this much is left for it. */
const JITTER_MS = 50;
const WINDOW_MS = 1000 + JITTER_MS;

/** Most call starts in any sliding second: the limit and one call, or 5 % of it if that is more. */
export function mostStartsPerSecond(callsPerSecond: number): number {
  return Math.floor(callsPerSecond + Math.max(1, callsPerSecond * 0.05));
}

/**
 * The last check before a call starts: grants the earliest moment from `now` on at which no sliding
 * second holds too many starts. `granted` ascends and keeps what the next decision needs.
 */
export function grantStart(
  granted: readonly number[],
  now: number,
  callsPerSecond: number,
): { readonly granted: readonly number[]; readonly waitMs: number } {
  const most = mostStartsPerSecond(callsPerSecond);
  const blocking = granted.at(-most);
  const last = granted.at(-1) ?? now;
  const at = Math.max(now, last, blocking === undefined ? now : blocking + WINDOW_MS);
  return { granted: [...granted, at].slice(-most), waitMs: at - now };
}
