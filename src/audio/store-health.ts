import type { Clock } from '../shared/clock.ts';

/** Long enough for the calls that talk now, short enough to come back by itself. */
const AWAY_FOR_MS = 30_000;

/**
 * Whether prompts can be fetched, as far as one isolate has seen. While they cannot, the carrier
 * speaks: it plays nothing where a prompt is missing, and the caller would hear silence.
 */
export class StoreHealth {
  readonly #clock: Pick<Clock, 'now'>;
  #failedAt: number | null = null;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** A prompt was asked for and the store did not answer. */
  failed(): void {
    this.#failedAt = this.#clock.now();
  }

  isAway(): boolean {
    return this.#failedAt !== null && this.#clock.now() - this.#failedAt < AWAY_FOR_MS;
  }
}
