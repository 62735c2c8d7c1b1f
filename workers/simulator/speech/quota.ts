const MINUTE_MS = 60_000;

/** Requests of a sliding minute, for the whole project. */
export class MinuteQuota {
  #admittedAt: number[] = [];

  admit(now: number, perMinute: number): boolean {
    this.#admittedAt = this.#admittedAt.filter((at) => at > now - MINUTE_MS);
    if (this.#admittedAt.length >= perMinute) return false;
    this.#admittedAt.push(now);
    return true;
  }
}
