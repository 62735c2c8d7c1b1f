/** Theoretical arrival time, epoch ms, of the next slot; start with `{ tat: 0 }`. */
export type GcraState = { readonly tat: number };

export type GcraPace = {
  /** Time between slots when there is a backlog; may be a fraction. */
  readonly intervalMs: number;
  /** Slots that an idle pacer gives at once; at least 1. */
  readonly burst: number;
};

/**
 * Generic cell rate algorithm (ITU-T I.371, virtual scheduling), n slots in order. Delays are from
 * `now`, may be fractions and never shrink. Any closed window of W ms holds at most
 * floor(W / intervalMs) + burst slots, whatever the calls, and a clock that jumps back gives
 * nothing away.
 */
export function reserve(
  state: GcraState,
  request: GcraPace & { readonly now: number; readonly n: number },
): { state: GcraState; delaysMs: number[] } {
  const { now, n, intervalMs, burst } = request;
  const toleranceMs = (burst - 1) * intervalMs;
  const delaysMs: number[] = [];
  let { tat } = state;
  for (let i = 0; i < n; i++) {
    const start = Math.max(now, tat - toleranceMs);
    delaysMs.push(start - now);
    tat = Math.max(tat, start) + intervalMs;
  }
  return { state: { tat }, delaysMs };
}
