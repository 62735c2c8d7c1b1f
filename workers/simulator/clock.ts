/** Wall time and waiting. The carrier never scales HTTP, pacing or REST latency: only conversations. */
export type Clock = {
  readonly now: () => number;
  /** Resolves after `ms`, or as soon as the signal aborts; it never rejects. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
};

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted || ms <= 0) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener('abort', done);
    }),
};

/**
 * The time that the people on the line live through. A wait of ten seconds takes 10/scale seconds
 * of wall time but counts as ten; time spent on HTTP counts as it is.
 */
export class ConversationClock {
  readonly #clock: Clock;
  readonly #scale: number;
  readonly #startedAt: number;
  #skippedMs = 0;

  constructor(clock: Clock, scale: number) {
    this.#clock = clock;
    this.#scale = scale;
    this.#startedAt = clock.now();
  }

  elapsedMs(): number {
    return this.#clock.now() - this.#startedAt + this.#skippedMs;
  }

  wallNow(): number {
    return this.#clock.now();
  }

  async wait(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms <= 0) return;
    const before = this.#clock.now();
    await this.#clock.sleep(ms / this.#scale, signal);
    const tookMs = this.#clock.now() - before;
    // Cut short, only the part that was really waited counts; late timers must not add scaled lag.
    const lived = signal?.aborted ? Math.min(ms, tookMs * this.#scale) : ms;
    this.#skippedMs += lived - tookMs;
  }
}
