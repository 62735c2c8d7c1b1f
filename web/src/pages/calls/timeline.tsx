import type { Output } from '../../api/client.ts';
import { detailWords, eventWords } from '../../features/event-words.ts';
import { cx } from '../../lib/cx.ts';
import { clockTime } from '../../lib/format.ts';
import { Card } from '../../ui/card.tsx';

type Event = Output<'readCall'>['events'][number];

/** Every event of a call with the time since the one before. */
export function Timeline({ events }: { readonly events: readonly Event[] }) {
  if (events.length === 0) {
    return (
      <Card title="What happened">
        <p className="text-quiet">Nothing yet.</p>
      </Card>
    );
  }
  return (
    <Card title="What happened" isFlush>
      <ol>
        {events.map((event, i) => {
          const before = events[i - 1];
          return (
            <li
              key={`${event.source} ${event.n}`}
              className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-4 border-b border-line px-4 py-2 last:border-b-0 md:grid-cols-[6rem_5.5rem_minmax(0,1fr)]"
            >
              <time
                className="tnum text-quiet"
                dateTime={new Date(event.at).toISOString()}
                title={new Date(event.at).toISOString()}
              >
                {clockTime(event.at)}
              </time>
              <span className="tnum hidden text-right text-quiet md:block">
                {before === undefined ? '' : `+${since(event.at - before.at)}`}
              </span>
              <div className="min-w-0">
                <p className={cx(isTrouble(event.type) && 'text-bad')}>
                  {eventWords(event.type, event.detail)}
                </p>
                <p className="truncate text-[13px] text-quiet" title={detailWords(event.detail)}>
                  <code className="font-mono">{event.type}</code>{' '}
                  <span>{detailWords(event.detail)}</span>
                </p>
              </div>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}

function isTrouble(type: string): boolean {
  return /failed|rejected|unknown|fallback|exhausted/.test(type);
}

function since(ms: number): string {
  return ms < 10_000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}
