/** Slots are reserved ahead and the network is late now and then: this much is left for it. */
const JITTER_MS = 50;
const WINDOW_MS = 1000 + JITTER_MS;

/** Most call starts in any sliding second: the limit and one call, or 5 % of it if that is more. */
export function mostStartsPerSecond(callsPerSecond: number): number {
  return Math.floor(callsPerSecond + Math.max(1, callsPerSecond * 0.05));
}

/** Remembers what it granted; one for each account and place that starts calls. */
export class StartGuard {
  #granted: readonly number[] = [];

  /** Milliseconds that a call must still wait; its moment is taken, so it asks once. */
  grant(now: number, callsPerSecond: number): number {
    const answer = grantStart(this.#granted, now, callsPerSecond);
    this.#granted = answer.granted;
    return answer.waitMs;
  }

  /**
   * 0 when a call may start at this very moment, else how long to wait before asking again. For
   * who starts calls himself: a timer that fires late would bunch starts that were granted ahead.
   */
  tryStart(now: number, callsPerSecond: number): number {
    const answer = grantStart(this.#granted, now, callsPerSecond);
    if (answer.waitMs === 0) this.#granted = answer.granted;
    return answer.waitMs;
  }
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
