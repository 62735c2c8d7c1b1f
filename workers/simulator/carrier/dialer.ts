import type { Clock } from '../clock.ts';

/**
 * The account's queue: calls leave it one by one, 1/CPS apart. The distance counts from the start
 * that really happened, so a late timer never makes two starts bunch up.
 */
export class Dialer {
  readonly #clock: Clock;
  readonly #cps: () => number;
  readonly #dial: (sid: string) => void;
  readonly #queue = new Set<string>();
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
    try {
      for (;;) {
        const [next] = this.#queue;
        if (next === undefined) return;
        const waitMs = this.#lastStartAt + 1000 / this.#cps() - this.#clock.now();
        if (waitMs > 0) {
          await this.#clock.sleep(Math.ceil(waitMs));
          continue;
        }
        this.#queue.delete(next);
        this.#lastStartAt = this.#clock.now();
        this.#dial(next);
      }
    } finally {
      this.#isPumping = false;
    }
  }
}
