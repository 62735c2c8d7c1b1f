import { expect, test } from 'vitest';
import type { LiveEvent } from '../../features/feed.ts';
import { EMPTY_STREAM, MOST_EVENTS, type Stream, takeEvents } from './stream.ts';

const event = (seq: number, type: string, detail: Record<string, unknown> = {}): LiveEvent => ({
  ...{ seq, type, detail, callId: 'call_1', campaignId: null, source: 'session', n: seq, at: seq },
});
const take = (stream: Stream, ...events: LiveEvent[]) =>
  takeEvents(stream, { type: 'events', events });
const seqs = (events: readonly LiveEvent[]) => events.map(({ seq }) => seq);

test('the newest event stands first', () => {
  const stream = take(take(EMPTY_STREAM, event(1, 'a'), event(2, 'b')), event(3, 'c'));
  expect(seqs(stream.shown)).toEqual([3, 2, 1]);
});

test('a pause loses nothing', () => {
  const paused = takeEvents(take(EMPTY_STREAM, event(1, 'a')), { type: 'pause' });
  const held = take(paused, event(2, 'b'), event(3, 'c'));
  expect(seqs(held.shown)).toEqual([1]);
  expect(seqs(takeEvents(held, { type: 'resume' }).shown)).toEqual([3, 2, 1]);
});

test('a call is where it came last, until it is over', () => {
  const here = take(EMPTY_STREAM, event(1, 'flow.enter', { node: 'start' }));
  expect(here.nodes.get('call_1')).toEqual({ node: 'start', at: 1 });
  const paused = takeEvents(here, { type: 'pause' });
  expect(take(paused, event(2, 'call.finished')).nodes.size).toBe(0);
});

test('only so many are kept', () => {
  const many = Array.from({ length: MOST_EVENTS + 5 }, (_, i) => event(i, 'a'));
  const { shown } = take(EMPTY_STREAM, ...many);
  expect([shown.length, shown[0]?.seq]).toEqual([MOST_EVENTS, MOST_EVENTS + 4]);
});
