/** Requests at once when nobody was refused lately; Twilio does not tell its own limit. */
const MOST_AT_ONCE = 100;
/** No cap is lower than what the pace needs when answers take this long: that would only slow it down. */
const USUAL_ANSWER_MS = 1000;
/** Refusals of one moment have one cause, and lower the cap once. */
const LOWER_ONCE_MS = 1000;
const RAISE_PER_SECOND = 1;
/** So many refusals in a row are not chance: one request is tried at a time, ever more rarely. */
const STORM_REFUSALS = 4;
const STORM_PAUSE_MS = { least: 250, most: 8000 };
/** Who died during a request holds nobody up longer; the carrier client gives up before. */
const REQUEST_MS_MAX = 15_000;

/**
 * How many REST requests of an account may be under way. Twilio refuses those that are too many at
 * once (20429, never processed): the cap is halved then and rises slowly (AIMD, RFC 5681).
 */
export class RequestCap {
  readonly #underWay = new Map<string, number>();
  #cap = MOST_AT_ONCE;
  #loweredAt = Number.NEGATIVE_INFINITY;
  #refusals = 0;
  #pausedUntil = Number.NEGATIVE_INFINITY;

  isFree(now: number, callsPerSecond: number): boolean {
    for (const [id, at] of this.#underWay) {
      if (at <= now - REQUEST_MS_MAX) this.#underWay.delete(id);
    }
    return now >= this.#pausedUntil && this.#counted(now) < this.limit(now, callsPerSecond);
  }

  /**
   * Who was let through ahead of its moment is not under way yet: at a high pace these alone would
   * fill the cap. In a storm they count, since only one is to be tried.
   */
  #counted(now: number): number {
    if (this.#refusals >= STORM_REFUSALS) return this.#underWay.size;
    return [...this.#underWay.values()].filter((at) => at <= now).length;
  }

  begin(id: string, at: number): void {
    this.#underWay.set(id, at);
  }

  /** Answers when it began; undefined when nobody knows of it. */
  end(id: string, now: number, isRefused: boolean): number | undefined {
    if (isRefused) this.#refuse(now);
    else this.#refusals = 0;
    const beganAt = this.#underWay.get(id);
    this.#underWay.delete(id);
    return beganAt;
  }

  limit(now: number, callsPerSecond: number): number {
    if (this.#refusals >= STORM_REFUSALS) return 1;
    const needed = 1 + Math.ceil((callsPerSecond * USUAL_ANSWER_MS) / 1000);
    return Math.max(needed, Math.floor(this.#raised(now)));
  }

  #refuse(now: number): void {
    this.#refusals += 1;
    const inStorm = this.#refusals - STORM_REFUSALS;
    if (inStorm >= 0) {
      this.#pausedUntil = now + Math.min(STORM_PAUSE_MS.most, STORM_PAUSE_MS.least * 2 ** inStorm);
    }
    if (now < this.#loweredAt + LOWER_ONCE_MS) return;
    this.#cap = Math.max(1, Math.floor(Math.min(this.#raised(now), this.#underWay.size) / 2));
    this.#loweredAt = now;
  }

  #raised(now: number): number {
    const seconds = Math.max(0, now - this.#loweredAt) / 1000;
    return Math.min(MOST_AT_ONCE, this.#cap + seconds * RAISE_PER_SECOND);
  }
}
