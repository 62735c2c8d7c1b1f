import type { CallEvent } from './event-store.ts';

export type KeptEvent = CallEvent & { readonly callId: string };

/** The type of a row that holds several events; its `n` is that of the last of them. */
const PACK = 'packed';

/** An event inside of a pack: number, time, type and detail. */
type Packed = readonly [number, number, string, CallEvent['detail']];

/**
 * Events of one call and source whose numbers follow each other become one row, for rows written
 * are what D1 bills most. A pack that comes again longer has another number and is another row, so
 * nothing is lost to the conflict of keys; `unpackEvents` drops what stands in both. Pure.
 */
export function packEvents(events: readonly KeptEvent[]): KeptEvent[] {
  const bySource = Map.groupBy(events, ({ callId, source }) => `${callId} ${source}`);
  return [...bySource.values()].flatMap((own) => runsOf(own).map(rowOf));
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
  for (const event of events.toSorted((a, b) => a.n - b.n)) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (last !== undefined && event.n === last.n) continue;
    if (run !== undefined && event.n === (last?.n ?? 0) + 1) run.push(event);
    else runs.push([event]);
  }
  return runs;
}

function rowOf(run: readonly KeptEvent[]): KeptEvent {
  const [first, last] = [run[0], run.at(-1)];
  if (first === undefined || last === undefined) throw new Error('A run has at least one event');
  if (run.length === 1) return first;
  const events = run.map(({ n, at, type, detail }): Packed => [n, at, type, detail]);
  return { ...first, n: last.n, type: PACK, detail: { events } };
}

function eventsOf(row: CallEvent): CallEvent[] {
  if (row.type !== PACK) return [row];
  const events = row.detail.events as readonly Packed[];
  return events.map(([n, at, type, detail]) => ({ source: row.source, n, at, type, detail }));
}
