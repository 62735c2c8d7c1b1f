import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KeptEvent } from './pack-events.ts';
import { packEvents, unpackEvents } from './pack-events.ts';

const event = (
  n: number,
  source: KeptEvent['source'] = 'session',
  callId = 'call_1',
): KeptEvent => {
  return { callId, source, n, at: 1000 + n, type: `t${n}`, detail: { n } };
};
const numbers = (events: readonly { n: number }[]) => events.map(({ n }) => n);

/** As the database does: the first row of a key stays. */
function keep(appends: readonly (readonly KeptEvent[])[]): KeptEvent[] {
  const rows = new Map<string, KeptEvent>();
  for (const row of appends.flatMap(packEvents)) {
    const key = `${row.callId} ${row.source} ${row.n}`;
    if (!rows.has(key)) rows.set(key, row);
  }
  return [...rows.values()];
}

test('events that follow each other become one row, whoever numbered them', () => {
  const rows = packEvents([event(3, 'dial'), event(1), event(2), event(4, 'dial'), event(3)]);
  expect(rows.map(({ source, n }) => [source, n])).toEqual([['session', 3]]);
  expect(unpackEvents(rows)).toHaveLength(5);
});

test('a gap, and what comes twice, begins another row', () => {
  const rows = packEvents([event(1), event(2), event(7), event(7)]);
  expect(rows.map(({ n }) => n)).toEqual([2, 7, 7]);
  expect(rows[1]).toEqual(event(7));
  expect(numbers(unpackEvents(rows))).toEqual([1, 2, 7]);
});

test('two calls never share a row', () => {
  const rows = packEvents([event(1), event(2, 'session', 'call_2'), event(3)]);
  expect(rows.map(({ callId, n }) => [callId, n])).toEqual([
    ['call_1', 1],
    ['call_1', 3],
    ['call_2', 2],
  ]);
});

test('a report that comes again with more loses nothing and doubles nothing', () => {
  const first = [event(1), event(2)];
  const rows = keep([first, [...first, event(3), event(4)], first]);
  expect(numbers(unpackEvents(rows)).sort()).toEqual([1, 2, 3, 4]);
});

test('whatever is repeated, cut off and acknowledged in between, every event is read once', () => {
  const steps = fc.array(
    fc.record({ more: fc.integer({ min: 0, max: 5 }), isAcknowledged: fc.boolean() }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(steps, fc.nat(), (reports, again) => {
      let [acknowledged, last] = [0, 0];
      const sent: KeptEvent[][] = [];
      for (const { more, isAcknowledged } of reports) {
        last += more;
        sent.push(
          Array.from({ length: last - acknowledged }, (_, i) => event(acknowledged + i + 1)),
        );
        if (isAcknowledged) acknowledged = last;
      }
      const late = sent[sent.length === 0 ? 0 : again % sent.length] ?? [];
      const found = unpackEvents(keep([...sent, late]));
      expect(numbers(found).sort((a, b) => a - b)).toEqual(
        Array.from({ length: last }, (_, i) => i + 1),
      );
      for (const { n, at, type, detail } of found) {
        expect({ at, type, detail }).toEqual({ at: 1000 + n, type: `t${n}`, detail: { n } });
      }
    }),
  );
});
