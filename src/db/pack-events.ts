import type { CallEvent } from './event-store.ts';

export type KeptEvent = CallEvent & { readonly callId: string };

/** The type of a row that holds several events; its `n` is that of the last of them. */
const PACK = 'packed';

/** An event inside of a pack: source, number, time, type and detail. */
type Packed = readonly [CallEvent['source'], number, number, string, CallEvent['detail']];

/**
 * Events of one call become one row as long as each source's numbers follow each other, for rows
 * written are what D1 bills most. The row has the key of its last event: a pack that comes again
 * longer is another row, so nothing is lost to the conflict of keys, and `unpackEvents` drops what
 * stands in both. Pure.
 */
export function packEvents(events: readonly KeptEvent[]): KeptEvent[] {
  const byCall = Map.groupBy(events, ({ callId }) => callId);
  return [...byCall.values()].flatMap((own) => runsOf(own).map(rowOf));
}

/** The events of one call in rows as they are kept, each once. Pure. */
export function unpackEvents(rows: readonly CallEvent[]): CallEvent[] {
  const found = new Map<string, CallEvent>();
  for (const event of rows.flatMap(eventsOf)) {
    const name = `${event.source} ${event.n}`;
    if (!found.has(name)) found.set(name, event);
  }
  return [...found.values()];
}

function runsOf(events: readonly KeptEvent[]): KeptEvent[][] {
  const runs: KeptEvent[][] = [];
  let numbers = new Map<CallEvent['source'], number>();
  for (const event of events) {
    const before = numbers.get(event.source);
    const isNext = runs.length > 0 && (before === undefined || event.n === before + 1);
    if (!isNext) {
      runs.push([]);
      numbers = new Map();
    }
    runs.at(-1)?.push(event);
    numbers.set(event.source, event.n);
  }
  return runs;
}

function rowOf(run: readonly KeptEvent[]): KeptEvent {
  const [first, last] = [run[0], run.at(-1)];
  if (first === undefined || last === undefined) throw new Error('A run has at least one event');
  if (run.length === 1) return first;
  const events = run.map(({ source, n, at, type, detail }): Packed => {
    return [source, n, at, type, detail];
  });
  return { ...last, at: first.at, type: PACK, detail: { events } };
}

function eventsOf(row: CallEvent): CallEvent[] {
  if (row.type !== PACK) return [row];
  const events = row.detail.events as readonly Packed[];
  return events.map(([source, n, at, type, detail]) => ({ source, n, at, type, detail }));
}
