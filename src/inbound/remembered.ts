import type { Clock } from '../shared/clock.ts';

/** A change reaches callers this late. */
const FRESH_MS = 10_000;
/** A request that was cut off takes its question with it: nobody joins one as old as this. */
const LOST_AFTER_MS = 1000;
/** More than what rings in one isolate. */
const MOST_KEPT = 2000;

type Entry<T> = { readonly at: number; readonly value: Promise<T>; isSettled: boolean };

/** What was loaded a moment ago, by its key; a load that fails is not remembered. */
export class Remembered<T> {
  readonly #clock: Clock;
  readonly #load: (key: string) => Promise<T>;
  readonly #entries = new Map<string, Entry<T>>();

  constructor(clock: Clock, load: (key: string) => Promise<T>) {
    this.#clock = clock;
    this.#load = load;
  }

  get(key: string): Promise<T> {
    const now = this.#clock.now();
    const known = this.#entries.get(key);
    if (known !== undefined) {
      const age = now - known.at;
      if (age < (known.isSettled ? FRESH_MS : LOST_AFTER_MS)) return known.value;
    }
    const entry: Entry<T> = { at: now, value: this.#load(key), isSettled: false };
    this.#keep(key, entry);
    entry.value.then(
      () => {
        entry.isSettled = true;
      },
      () => {
        if (this.#entries.get(key) === entry) this.#entries.delete(key);
      },
    );
    return entry.value;
  }

  #keep(key: string, entry: Entry<T>): void {
    // Set anew it is the youngest; the oldest goes first.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    const oldest = this.#entries.keys().next().value;
    if (this.#entries.size > MOST_KEPT && oldest !== undefined) this.#entries.delete(oldest);
  }
}
