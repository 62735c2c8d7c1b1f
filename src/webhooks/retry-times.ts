const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** From one failed try to the next; a message that none of them delivered, within a day, failed. */
const WAITS_MS = [
  5000,
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
  8 * HOUR_MS,
  9 * HOUR_MS,
] as const;
/** Many messages that failed together do not come again together. */
const SPREAD = 0.1;

export const MOST_TRIES = WAITS_MS.length + 1;

/**
 * How long to wait after the `tries`-th failed try, in ms; null when there is none left.
 * `retryAfterMs` is what the receiver asked for: it may only make the wait longer, up to the
 * longest. `random` is in [0, 1).
 */
export function nextWaitMs(
  tries: number,
  retryAfterMs: number | null,
  random: number,
): number | null {
  const wait = WAITS_MS[tries - 1];
  if (wait === undefined) return null;
  const asked = Math.min(retryAfterMs ?? 0, WAITS_MS[WAITS_MS.length - 1] ?? 0);
  return Math.round(Math.max(wait, asked) * (1 + SPREAD * random));
}

/** RFC 9110 section 10.2.3: seconds or a date. Null when there is none, or it makes no sense. */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null) return null;
  const seconds = /^\d{1,9}$/.test(header.trim()) ? Number(header) : null;
  const ms = seconds === null ? Date.parse(header) - now : seconds * 1000;
  return Number.isNaN(ms) || ms < 0 ? null : ms;
}
