import { jsonArrays } from './json-arrays.ts';
import { packEvents, unpackEvents } from './pack-events.ts';
import type { EventSource } from './schema/event.ts';

/** One line of a call's history. `n` is deterministic for its source, so a replay adds nothing. */
export type CallEvent = {
  readonly source: EventSource;
  readonly n: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly type: string;
  readonly detail: Readonly<Record<string, unknown>>;
};

export type Publish = (
  tenantId: string,
  events: readonly (CallEvent & { readonly callId: string })[],
) => Promise<void>;

/** Characters of one statement's JSON: far below D1's 2 MB a value. */
const MOST_CHARS = 500_000;

/**
 * The append-only history of one tenant's calls, in shards by the month of each event: retention
 * drops a shard, never a row.
 */
export class EventStore {
  readonly #shards: readonly D1Database[];
  readonly #tenantId: string;
  readonly #publish: Publish;

  /** `publish` tells those who watch, after the events are kept and before anybody is told so. */
  constructor(shards: readonly D1Database[], tenantId: string, publish: Publish = async () => {}) {
    if (shards.length === 0) throw new Error('EventStore needs at least one EVENTS_n binding');
    this.#shards = shards;
    this.#tenantId = tenantId;
    this.#publish = publish;
  }

  /** Adds what is new; safe to repeat. */
  async append(events: readonly (CallEvent & { readonly callId: string })[]): Promise<void> {
    const byShard = Map.groupBy(events, (event) => this.#shardOf(event.at));
    for (const [shard, own] of byShard) {
      for (const json of jsonArrays(packEvents(own), MOST_CHARS)) {
        await shard.prepare(INSERT_EVENTS).bind(this.#tenantId, json).run();
      }
    }
    if (events.length > 0) await this.#publish(this.#tenantId, events);
  }

  /** A call's events in order; `from` and `to` bound the months that are looked into. */
  async read(callId: string, from: number, to: number): Promise<CallEvent[]> {
    return (await this.readAll([callId], from, to)).get(callId) ?? [];
  }

  /** Events of several calls, by call. */
  async readAll(
    callIds: readonly string[],
    from: number,
    to: number,
  ): Promise<ReadonlyMap<string, CallEvent[]>> {
    const shards = new Set<D1Database>();
    for (let at = from; monthOf(at) <= monthOf(to); at = firstOfNextMonth(at)) {
      shards.add(this.#shardOf(at));
    }
    const json = JSON.stringify(callIds);
    const found = await Promise.all(
      [...shards].map((shard) =>
        shard.prepare(READ_EVENTS).bind(this.#tenantId, json).all<EventRow>(),
      ),
    );
    const byCall = new Map<string, CallEvent[]>();
    for (const { callId, ...row } of found.flatMap(({ results }) => results)) {
      const own = byCall.get(callId) ?? [];
      own.push({ ...row, detail: JSON.parse(row.detail) });
      byCall.set(callId, own);
    }
    return new Map([...byCall].map(([callId, own]) => [callId, unpackEvents(own).sort(inOrder)]));
  }

  #shardOf(at: number): D1Database {
    const shard = this.#shards[monthOf(at) % this.#shards.length];
    if (shard === undefined) throw new Error('EventStore has no shard');
    return shard;
  }
}

type EventRow = Omit<CallEvent, 'detail'> & { readonly callId: string; readonly detail: string };

const READ_EVENTS = `SELECT call_id AS callId, source, n, at, type, detail FROM call_event
WHERE tenant_id = ?1 AND call_id IN (SELECT value FROM json_each(?2))`;

const INSERT_EVENTS = `INSERT INTO call_event (tenant_id, call_id, source, n, at, type, detail)
SELECT ?1, value->>'callId', value->>'source', value->>'n', value->>'at', value->>'type', value->'detail'
FROM json_each(?2) WHERE true ON CONFLICT DO NOTHING`;

function monthOf(at: number): number {
  const date = new Date(at);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function firstOfNextMonth(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

function inOrder(left: CallEvent, right: CallEvent): number {
  return left.at - right.at || left.source.localeCompare(right.source) || left.n - right.n;
}
