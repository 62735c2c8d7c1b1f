import { useSeatTimeZone } from '../api/session.tsx';
import { dateTime } from '../lib/format.ts';

/** A moment in the viewer's zone; the tenant's stands in the hover. */
export function Time({ at }: { readonly at: number | null }) {
  const zone = useSeatTimeZone();
  if (at === null) return <>-</>;
  return (
    <time
      dateTime={new Date(at).toISOString()}
      {...(zone === null ? {} : { title: dateTime(at, zone) })}
    >
      {dateTime(at)}
    </time>
  );
}
