import { useEffect, useRef, useState } from 'react';
import { FeedClient, type FeedSocket } from '../../../src/live/client.ts';
import type { NumberedEvent } from '../../../src/live/feed.ts';
import { useTenantId } from '../api/session.tsx';

export type FeedFilter = {
  readonly call?: string | undefined;
  readonly campaign?: string | undefined;
};
export type LiveEvent = NumberedEvent;

/**
 * Follows the tenant's feed while the page is shown. What comes within one frame of the screen is
 * handed over together, so that hundreds of events a second cost one drawing each.
 */
export function useFeed(
  filter: FeedFilter,
  onEvents: (events: readonly LiveEvent[]) => void,
  onGap: () => void,
): 'open' | 'waiting' {
  const tenant = useTenantId();
  const [state, setState] = useState<'open' | 'waiting'>('waiting');
  const take = useRef({ onEvents, onGap });
  take.current = { onEvents, onGap };
  const { call, campaign } = filter;
  useEffect(() => {
    let waiting: LiveEvent[] = [];
    let frame = 0;
    const flush = () => {
      frame = 0;
      const events = waiting;
      waiting = [];
      take.current.onEvents(events);
    };
    const client = new FeedClient({
      open: (since) => socketOf({ tenant, since, call, campaign }),
      onEvents: (events) => {
        waiting.push(...events);
        if (frame === 0) frame = requestAnimationFrame(flush);
      },
      onGap: () => take.current.onGap(),
      onState: setState,
      wait: (ms, then) => setTimeout(then, ms),
      random: Math.random,
    });
    const wake = () => {
      if (document.visibilityState === 'visible') client.restart();
    };
    document.addEventListener('visibilitychange', wake);
    return () => {
      document.removeEventListener('visibilitychange', wake);
      cancelAnimationFrame(frame);
      client.close();
    };
  }, [tenant, call, campaign]);
  return state;
}

function socketOf(asked: {
  readonly tenant: string | null;
  readonly since: number | null;
  readonly call: string | undefined;
  readonly campaign: string | undefined;
}): FeedSocket {
  const url = new URL('/api/v1/live', location.href);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  for (const [name, value] of Object.entries(asked)) {
    if (value !== null && value !== undefined) url.searchParams.set(name, String(value));
  }
  return new WebSocket(url) as unknown as FeedSocket;
}
