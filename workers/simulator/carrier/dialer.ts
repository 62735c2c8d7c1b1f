import type { Clock } from '../clock.ts';

/** How far a start may be late without moving the next: timers lag, and the rate is an average. */
const TIMER_LAG_MS = 10;

/**
 * The account's queue: calls leave it one by one, 1/CPS apart. After a longer delay the distance
 * counts from the start that really happened, so that starts never bunch up.
 */
export class Dialer {
  readonly #clock: Clock;
  readonly #cps: () => number;
  readonly #dial: (sid: string) => void;
  readonly #queue = new Set<string>();
  #nextStartAt = Number.NEGATIVE_INFINITY;
  #isPumping = false;

  constructor(clock: Clock, cps: () => number, dial: (sid: string) => void) {
    this.#clock = clock;
    this.#cps = cps;
    this.#dial = dial;
  }

  get length(): number {
    return this.#queue.size;
  }

  add(sid: string): void {
    this.#queue.add(sid);
    void this.pump();
  }

  /** False when the call has been dialled already. */
  remove(sid: string): boolean {
    return this.#queue.delete(sid);
  }

  async pump(): Promise<void> {
    if (this.#isPumping) return;
    this.#isPumping = true;
    try {
      for (;;) {
        const [next] = this.#queue;
        if (next === undefined) return;
        const waitMs = this.#nextStartAt - this.#clock.now();
        if (waitMs > 0) {
          await this.#clock.sleep(Math.ceil(waitMs));
          continue;
        }
        this.#queue.delete(next);
        const isOnTime = -waitMs <= TIMER_LAG_MS;
        this.#nextStartAt = (isOnTime ? this.#nextStartAt : this.#clock.now()) + 1000 / this.#cps();
        this.#dial(next);
      }
    } finally {
      this.#isPumping = false;
    }
  }
}
