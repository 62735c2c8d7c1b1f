import type { contact } from '../db/schema/contact.ts';
import type { Clock } from '../shared/clock.ts';

export type Caller = Pick<typeof contact.$inferSelect, 'id' | 'fields'>;

/** The contact of each of these numbers (E.164) that changed last, by number. */
export type FindCallers = (e164s: readonly string[]) => Promise<ReadonlyMap<string, Caller>>;

type Asking = { readonly e164: string; found: { readonly caller: Caller | null } | null };

/** A request that was cut off takes its question with it: nobody joins one as old as this. */
const LOST_AFTER_MS = 1000;
/** Numbers of one question. */
const MOST_AT_ONCE = 500;

/**
 * Whoever calls while a question is under way is looked up by the next, with all others who do: a
 * database answers one question at a time, and a thousand callers at once are three of them.
 */
export class CallerLookup {
  readonly #clock: Clock;
  readonly #findAll: FindCallers;
  #running: { readonly since: number; readonly over: Promise<void> } | null = null;
  #asking: Asking[] = [];

  constructor(clock: Clock, findAll: FindCallers) {
    this.#clock = clock;
    this.#findAll = findAll;
  }

  /** Null for a number that no contact has; fails when the database does. */
  async find(e164: string): Promise<Caller | null> {
    const mine: Asking = { e164, found: null };
    this.#asking.push(mine);
    // Each asks in a request of its own: what one has asked ends with it.
    while (mine.found === null) {
      if (this.#isFree()) await this.#ask(mine);
      else await this.#running?.over;
    }
    return mine.found.caller;
  }

  #isFree(): boolean {
    return this.#running === null || this.#clock.now() - this.#running.since > LOST_AFTER_MS;
  }

  async #ask(mine: Asking): Promise<void> {
    const others = this.#asking.filter((one) => one !== mine);
    const together = [mine, ...others.slice(0, MOST_AT_ONCE - 1)];
    this.#asking = others.slice(MOST_AT_ONCE - 1);
    const { promise: over, resolve } = Promise.withResolvers<void>();
    const running = { since: this.#clock.now(), over };
    this.#running = running;
    try {
      const callers = await this.#findAll([...new Set(together.map((one) => one.e164))]);
      for (const one of together) one.found = { caller: callers.get(one.e164) ?? null };
    } catch (error) {
      // The others ask again, each for himself, and learn it there.
      this.#asking.push(...together.filter((one) => one !== mine));
      throw error;
    } finally {
      if (this.#running === running) this.#running = null;
      resolve();
    }
  }
}
