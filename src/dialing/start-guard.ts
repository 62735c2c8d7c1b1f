/** A start arrives later than it left, now and then; at least this much is left for it. */
const JITTER_MS_MIN = 45;
/** Starts that were held up are made up for this much faster than the limit, and no faster. */
const CATCH_UP = 0.01;
/** They leave one after another: a bunch that arrives late would fill the second after it. */
const SHORTEST_GAP = 0.95;
/**
 * Timers fire late, and all that wait fire together: one start each time they do would be fewer than
 * a high pace needs. So much of the pace may leave at one moment.
 */
const BUNCH_SECONDS = 0.05;

/** Most call starts in any sliding second: the limit and one call, or 5 % of it if that is more. */
export function mostStartsPerSecond(callsPerSecond: number): number {
  return Math.floor(callsPerSecond + Math.max(1, callsPerSecond * 0.05));
}

/**
 * No more than `mostStartsPerSecond` are granted in so many ms: as long as the limit itself takes to
 * use them, nearly. What is beyond a second is for starts that arrive late.
 */
function windowMs(callsPerSecond: number): number {
  const takenMs = (mostStartsPerSecond(callsPerSecond) * 1000) / callsPerSecond;
  return Math.max(takenMs / (1 + CATCH_UP), 1000 + JITTER_MS_MIN);
}

/** Remembers what it granted; one for each account and place that starts calls. */
export class StartGuard {
  #granted: readonly number[] = [];

  /** The moment (epoch ms, `now` or later) at which a call may start; it is taken. */
  grant(now: number, callsPerSecond: number): number {
    const at = nextStart(this.#granted, now, callsPerSecond, 1);
    this.#take(at, callsPerSecond);
    return at;
  }

  /**
   * 0 when a call may start at this very moment, else how long to wait before asking again. For
   * who starts calls himself: a timer that fires late would bunch starts that were granted ahead.
   */
  tryStart(now: number, callsPerSecond: number): number {
    const bunch = Math.max(1, Math.ceil(callsPerSecond * BUNCH_SECONDS));
    const waitMs = nextStart(this.#granted, now, callsPerSecond, bunch) - now;
    if (waitMs === 0) this.#take(now, callsPerSecond);
    return waitMs;
  }

  /** Nothing started at this granted moment after all. */
  giveBack(at: number): void {
    const i = this.#granted.lastIndexOf(at);
    if (i >= 0) this.#granted = this.#granted.toSpliced(i, 1);
  }

  /** Whoever was here before may have started as much as he was allowed to. */
  assumeBusy(now: number, callsPerSecond: number): void {
    const most = mostStartsPerSecond(callsPerSecond);
    const intervalMs = 1000 / callsPerSecond;
    this.#granted = Array.from({ length: most }, (_, i) => now - (most - 1 - i) * intervalMs);
  }

  /** Twice what a decision needs: some of it may be given back. */
  #take(at: number, callsPerSecond: number): void {
    this.#granted = [...this.#granted, at].slice(-2 * mostStartsPerSecond(callsPerSecond));
  }
}

/** The earliest moment from `now` on that keeps the limit; `granted` ascends. */
function nextStart(
  granted: readonly number[],
  now: number,
  callsPerSecond: number,
  bunch: number,
): number {
  const blocking = granted.at(-mostStartsPerSecond(callsPerSecond));
  const before = granted.at(-bunch);
  return Math.max(
    now,
    before === undefined ? now : before + (bunch * SHORTEST_GAP * 1000) / callsPerSecond,
    blocking === undefined ? now : blocking + windowMs(callsPerSecond),
  );
}
