import type { LiveEvent } from '../../features/feed.ts';

/** What of the feed is on the screen. */
export type Stream = {
  /** Newest first. */
  readonly shown: readonly LiveEvent[];
  /** What came while the stream stood still, newest first. */
  readonly held: readonly LiveEvent[];
  readonly isPaused: boolean;
  /** Where each call is, and since when. */
  readonly nodes: ReadonlyMap<string, { readonly node: string; readonly at: number }>;
};
export type StreamChange =
  | { readonly type: 'events'; readonly events: readonly LiveEvent[] }
  | { readonly type: 'pause' | 'resume' | 'gap' | 'clear' };

export const EMPTY_STREAM: Stream = { shown: [], held: [], isPaused: false, nodes: new Map() };
/** Enough to scroll back a while; a whole day of a busy tenant would fill the memory. */
export const MOST_EVENTS = 2_000;

export function takeEvents(stream: Stream, change: StreamChange): Stream {
  switch (change.type) {
    case 'events': {
      const nodes = nodesAfter(stream.nodes, change.events);
      const fresh = change.events.toReversed();
      if (stream.isPaused) return { ...stream, nodes, held: newest(fresh, stream.held) };
      return { ...stream, nodes, shown: newest(fresh, stream.shown) };
    }
    case 'pause':
      return { ...stream, isPaused: true };
    case 'resume': {
      const { held, shown } = stream;
      return { ...stream, isPaused: false, held: [], shown: newest(held, shown) };
    }
    case 'gap':
    case 'clear':
      return { ...EMPTY_STREAM, isPaused: stream.isPaused };
  }
}

function newest(fresh: readonly LiveEvent[], known: readonly LiveEvent[]): readonly LiveEvent[] {
  return [...fresh, ...known].slice(0, MOST_EVENTS);
}

function nodesAfter(known: Stream['nodes'], events: readonly LiveEvent[]): Stream['nodes'] {
  const nodes = new Map(known);
  for (const { callId, type, at, detail } of events) {
    if (type === 'flow.enter' && typeof detail.node === 'string') {
      nodes.set(callId, { node: detail.node, at });
    }
    if (type === 'call.finished') nodes.delete(callId);
  }
  return nodes;
}
