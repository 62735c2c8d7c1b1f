import type { Clock } from '../clock.ts';

/** Starts that a stall made late are caught up in steps this much shorter than 1/CPS. */
const SHORTEST_GAP = 0.98;

/**
 * The account's queue: calls leave it one by one on a schedule of 1/CPS. Late starts do not move the
 * schedule, so the average holds, and catching up is slow, so starts never bunch up.
 */
export class Dialer {
  readonly #clock: Clock;
  readonly #cps: () => number;
  readonly #dial: (sid: string) => void;
  readonly #queue = new Set<string>();
  #nextStartAt = Number.NEGATIVE_INFINITY;
  #lastStartAt = Number.NEGATIVE_INFINITY;
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
    // Time in which nobody waited is not saved up.
    this.#nextStartAt = Math.max(this.#nextStartAt, this.#clock.now());
    try {
      for (;;) {
        const [next] = this.#queue;
        if (next === undefined) return;
        const intervalMs = 1000 / this.#cps();
        const earliest = Math.max(this.#nextStartAt, this.#lastStartAt + intervalMs * SHORTEST_GAP);
        const waitMs = earliest - this.#clock.now();
        if (waitMs > 0) {
          await this.#clock.sleep(Math.ceil(waitMs));
          continue;
        }
        this.#queue.delete(next);
        this.#lastStartAt = this.#clock.now();
        this.#nextStartAt += intervalMs;
        this.#dial(next);
      }
    } finally {
      this.#isPumping = false;
    }
  }
}
