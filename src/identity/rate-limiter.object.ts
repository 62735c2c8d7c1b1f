import { DurableObject } from 'cloudflare:workers';
import type { Clock } from '../shared/clock.ts';
import { type GcraState, reserve } from '../shared/gcra.ts';

export type RateAnswer = {
  readonly isAllowed: boolean;
  /** Requests a minute. */
  readonly limit: number;
  readonly remaining: number;
  /** Until one more request is allowed; 0 while there are some left. */
  readonly retryAfterSeconds: number;
};

const WINDOW_MS = 60_000;

/**
 * The budget of one actor of the API. In memory only: an object that was idle long enough to be
 * emptied would have had its whole budget back anyway, or nearly so.
 */
export abstract class RateLimiterObject<Env> extends DurableObject<Env> {
  #state: GcraState = { tat: 0 };

  protected abstract clock(): Clock;

  async take(limit: number): Promise<RateAnswer> {
    const now = this.clock().now();
    const intervalMs = WINDOW_MS / limit;
    const taken = reserve(this.#state, { now, intervalMs, burst: limit, n: 1 });
    const waitMs = taken.delaysMs[0] ?? 0;
    const isAllowed = waitMs === 0;
    if (isAllowed) this.#state = taken.state;
    const used = Math.ceil(Math.max(0, this.#state.tat - now) / intervalMs);
    return {
      isAllowed,
      limit,
      remaining: Math.max(0, limit - used),
      retryAfterSeconds: Math.ceil(waitMs / 1000),
    };
  }
}
