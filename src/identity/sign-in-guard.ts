import type { PeopleDb } from '../db/people-db.ts';
import type { Clock } from '../shared/clock.ts';
import { DestinyError } from '../shared/errors.ts';
import { hashSecret } from './secret.ts';

/** Wrong passwords for one e-mail before it is locked. */
export const FAILURES_PER_EMAIL = 10;
const EMAIL_WINDOW_MS = 15 * 60_000;
export const LOCK_MS = 15 * 60_000;
/** Tries from one address in a minute, right or wrong. */
export const TRIES_PER_ADDRESS = 30;
const ADDRESS_WINDOW_MS = 60_000;
/** A hash holds the isolate for about 90 ms: more at once would starve everybody else. */
const HASHES_AT_ONCE = 4;

let hashing = 0;

/** Counts tries before a password is hashed; an unknown e-mail is treated like a known one. */
export class SignInGuard {
  readonly #people: PeopleDb;
  readonly #clock: Clock;

  constructor(people: PeopleDb, clock: Clock) {
    this.#people = people;
    this.#clock = clock;
  }

  /** Refuses an address that tries too often, and everybody while too many hashes are at work. */
  async countTry(ip: string): Promise<void> {
    const key = `ip:${ip}`;
    const tries = await this.#people.countFailure(key, this.#clock.now(), ADDRESS_WINDOW_MS);
    if (tries > TRIES_PER_ADDRESS || hashing >= HASHES_AT_ONCE) {
      throw new DestinyError('rate_limited', 'Too many tries at once; try again in a minute.');
    }
  }

  async watch<T>(ip: string, email: string, signIn: () => Promise<T>): Promise<T> {
    const emailKey = `email:${await hashSecret(email.trim().toLowerCase())}`;
    const now = this.#clock.now();
    await this.countTry(ip);
    if ((await this.#people.lockedUntil([emailKey])) > now) throw locked();
    hashing += 1;
    try {
      const answer = await signIn();
      await this.#people.forgetFailures(emailKey);
      return answer;
    } catch (error) {
      if (error instanceof DestinyError && error.code === 'unauthenticated') {
        const failures = await this.#people.countFailure(emailKey, now, EMAIL_WINDOW_MS);
        if (failures >= FAILURES_PER_EMAIL) await this.#people.lock(emailKey, now + LOCK_MS);
      }
      throw error;
    } finally {
      hashing -= 1;
    }
  }
}

function locked(): DestinyError {
  return new DestinyError(
    'account_locked',
    'Too many wrong passwords; wait a quarter of an hour, or set a new password by e-mail.',
  );
}
