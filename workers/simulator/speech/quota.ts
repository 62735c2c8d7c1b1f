const MINUTE_MS = 60_000;

/** Requests of a sliding minute, for the whole project. */
export class MinuteQuota {
  #admittedAt: readonly number[];

  constructor(admittedAt: readonly number[] = []) {
    this.#admittedAt = admittedAt;
  }

  /** What a successor needs to go on counting. */
  get state(): readonly number[] {
    return this.#admittedAt;
  }

  admit(now: number, perMinute: number): boolean {
    this.#admittedAt = this.#admittedAt.filter((at) => at > now - MINUTE_MS);
    if (this.#admittedAt.length >= perMinute) return false;
    this.#admittedAt = [...this.#admittedAt, now];
    return true;
  }
}
