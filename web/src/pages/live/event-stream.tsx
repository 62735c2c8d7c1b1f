import { getRouteApi, Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { detailWords, eventWords } from '../../features/event-words.ts';
import type { LiveEvent } from '../../features/feed.ts';
import { clockTime } from '../../lib/format.ts';
import { Card } from '../../ui/card.tsx';
import { Empty } from '../../ui/states.tsx';

const route = getRouteApi('/t/$tenant/live');
const ROW_PX = 52;

/** Events as they happen, newest first; only those in sight are drawn. */
export function EventStream({ events }: { readonly events: readonly LiveEvent[] }) {
  const { tenant } = route.useParams();
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: events.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
  });
  return (
    <Card title="Events" isFlush>
      {events.length === 0 ? (
        <Empty title="Nothing has happened since you came">
          Every step of every call shows here within two seconds.
        </Empty>
      ) : (
        // A list that scrolls must be reachable by keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: https://www.w3.org/WAI/standards-guidelines/act/rules/0ssw9k/
        <section ref={frame} tabIndex={0} aria-label="Events" className="h-[65vh] overflow-y-auto">
          <ol className="relative" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start }) => {
              const event = events[index];
              if (event === undefined) return null;
              return (
                <li
                  key={event.seq}
                  className="absolute inset-x-0 grid grid-cols-[6rem_minmax(0,1fr)] gap-4 border-b border-line px-4 py-1.5 hover:bg-hover"
                  style={{ top: start, height: ROW_PX }}
                >
                  <span className="tnum text-quiet">{clockTime(event.at)}</span>
                  <div className="min-w-0">
                    <Link
                      to="/t/$tenant/calls/$id"
                      params={{ tenant, id: event.callId }}
                      className="block truncate after:absolute after:inset-0 hover:underline"
                    >
                      {eventWords(event.type, event.detail)}
                    </Link>
                    <p className="truncate text-[13px] text-quiet">
                      <code className="font-mono">{event.type}</code> {detailWords(event.detail)}
                    </p>
                  </div>
                </li>
              );
            })}
          </ol>
        </section>
      )}
    </Card>
  );
}
