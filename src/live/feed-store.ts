import type { FeedEvent, NumberedEvent } from './feed.ts';

const SCHEMA = `CREATE TABLE IF NOT EXISTS flush (
  last INTEGER PRIMARY KEY, first INTEGER NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL)`;

/** Whoever hands an event in again does so within this time: a queue's longest delay, and some. */
const REPEATED_WITHIN_MS = 900_000;

/** A tenant's last hour of events, one row a flush; and what was seen, which is not told twice. */
export class FeedStore {
  readonly #sql: SqlStorage;
  #recent: Map<string, number> | null = null;
  #campaigns = new Map<string, string>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(SCHEMA);
  }

  /** The number of the newest event; 0 before the first. */
  last(): number {
    return this.#sql
      .exec<{ last: number }>('SELECT coalesce(max(last), 0) AS last FROM flush')
      .one().last;
  }

  /** The first number that is kept; what is older is gone. */
  first(): number {
    const { first } = this.#sql
      .exec<{ first: number | null }>('SELECT min(first) AS first FROM flush')
      .one();
    return first ?? this.last() + 1;
  }

  /** Keeps what is new, in one row, and answers it with its numbers. */
  add(events: readonly FeedEvent[], now: number): NumberedEvent[] {
    const recent = this.#seen(now);
    const fresh = events.filter((event) => {
      const key = keyOf(event);
      if (recent.has(key)) return false;
      recent.set(key, now);
      this.#learn(event);
      return true;
    });
    const first = this.last() + 1;
    const numbered = fresh.map((event, i) => ({
      ...event,
      seq: first + i,
      campaignId: this.#campaigns.get(event.callId) ?? null,
    }));
    const last = numbered.at(-1)?.seq;
    if (last === undefined) return [];
    const body = JSON.stringify(numbered);
    this.#sql.exec(
      'INSERT INTO flush (last, first, at, body) VALUES (?, ?, ?, ?)',
      ...[last, first, now, body],
    );
    return numbered;
  }

  /** Everything after `since`, oldest first, flush by flush. */
  *after(since: number): Generator<NumberedEvent[]> {
    const rows = this.#sql.exec<{ body: string }>(
      'SELECT body FROM flush WHERE last > ? ORDER BY last',
      since,
    );
    for (const { body } of rows) {
      const events: NumberedEvent[] = JSON.parse(body);
      yield events.filter(({ seq }) => seq > since);
    }
  }

  /** The newest row stays: the numbers go on from it. */
  forget(before: number): void {
    this.#sql.exec('DELETE FROM flush WHERE at < ? AND last < ?', before, this.last());
  }

  /** Rebuilt from the rows after the object was away. */
  #seen(now: number): Map<string, number> {
    if (this.#recent === null) {
      this.#recent = new Map();
      const rows = this.#sql.exec<{ at: number; body: string }>(
        'SELECT at, body FROM flush WHERE at > ?',
        now - REPEATED_WITHIN_MS,
      );
      for (const { at, body } of rows) {
        for (const event of JSON.parse(body) as NumberedEvent[]) {
          this.#recent.set(keyOf(event), at);
          if (event.campaignId !== null) this.#campaigns.set(event.callId, event.campaignId);
        }
      }
    }
    // Oldest first, so the first that is young ends it.
    for (const [key, at] of this.#recent) {
      if (at > now - REPEATED_WITHIN_MS) break;
      this.#recent.delete(key);
    }
    return this.#recent;
  }

  #learn({ callId, type, detail }: FeedEvent): void {
    if (type === 'call.queued' && typeof detail.campaign === 'string') {
      this.#campaigns.set(callId, detail.campaign);
    }
    const oldest = this.#campaigns.keys().next().value;
    if (this.#campaigns.size > MOST_CAMPAIGN_CALLS && oldest !== undefined) {
      this.#campaigns.delete(oldest);
    }
  }
}

/** More calls than a tenant has at once. */
const MOST_CAMPAIGN_CALLS = 50_000;

const keyOf = ({ callId, source, n }: FeedEvent) => `${callId}/${source}/${n}`;
