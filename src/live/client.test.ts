import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FeedClient, type FeedSocket } from './client.ts';
import type { FeedFrame, NumberedEvent } from './feed.ts';

const numbered = (seq: number): NumberedEvent => ({
  ...{ seq, campaignId: null, callId: 'call_1', source: 'session', n: seq, at: seq },
  ...{ type: 'flow.enter', detail: {} },
});

/** A feed of so many events whose sockets break when they are told to. */
function play() {
  const taken: number[] = [];
  const waits: (() => void)[] = [];
  let gaps = 0;
  let total = 0;
  type Line = { since: number | null; tell: (frame: FeedFrame) => void; drop: () => void };
  const lines: Line[] = [];
  const client = new FeedClient({
    open: (since) => {
      const listeners: Record<string, ((event: never) => void)[]> = { message: [], close: [] };
      const fire = (type: string, event: unknown) => {
        for (const listener of listeners[type] ?? []) listener(event as never);
      };
      lines.push({
        since,
        tell: (frame) => fire('message', { data: JSON.stringify(frame) }),
        drop: () => fire('close', { code: 1006 }),
      });
      return {
        send: () => undefined,
        close: () => undefined,
        addEventListener: (type: string, listener: (event: never) => void) => {
          listeners[type]?.push(listener);
        },
      } as unknown as FeedSocket;
    },
    onEvents: (events) => taken.push(...events.map(({ seq }) => seq)),
    onGap: () => {
      gaps += 1;
    },
    wait: (_ms, then) => waits.push(then),
    random: () => 0.5,
  });
  const line = () => lines.at(-1) as Line;
  return {
    client,
    taken,
    line,
    gaps: () => gaps,
    hello: () => line().tell({ v: 1, type: 'hello', seq: total }),
    add: (n: number) => {
      const events = Array.from({ length: n }, (_, i) => numbered(total + i + 1));
      total += n;
      return events;
    },
    tell: (events: readonly NumberedEvent[]) =>
      line().tell({ v: 1, type: 'events', events, seq: events.at(-1)?.seq ?? total }),
    reconnect: () => {
      line().drop();
      waits.shift()?.();
    },
  };
}

test('comes back with the last number it has, and takes nothing twice', () => {
  const feed = play();
  feed.hello();
  const first = feed.add(3);
  feed.tell(first);
  feed.reconnect();
  expect(feed.line().since).toBe(3);
  feed.hello();
  feed.tell([...first.slice(1), ...feed.add(2)]);
  expect(feed.taken).toEqual([1, 2, 3, 4, 5]);
});

test('whatever is repeated or cut off: every event once and in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat({ max: 5 }), fc.boolean(), fc.nat({ max: 4 }))),
      (steps) => {
        const feed = play();
        feed.hello();
        const all: NumberedEvent[] = [];
        for (const [n, isDropped, repeated] of steps) {
          const fresh = feed.add(n);
          all.push(...fresh);
          if (isDropped) {
            feed.reconnect();
            feed.hello();
            feed.tell(all.filter(({ seq }) => seq > (feed.line().since ?? 0)));
          } else feed.tell(all.slice(Math.max(0, all.length - n - repeated)));
        }
        expect(feed.taken).toEqual(all.map(({ seq }) => seq));
      },
    ),
  );
});

test('a gap is told, and the numbers go on behind it', () => {
  const feed = play();
  feed.hello();
  feed.line().tell({ v: 1, type: 'gap', seq: 50 });
  expect(feed.gaps()).toBe(1);
  expect(feed.client.seq).toBe(50);
});
