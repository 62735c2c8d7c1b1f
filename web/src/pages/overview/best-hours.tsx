import type { Output } from '../../api/client.ts';
import { useApi } from '../../api/hooks.ts';
import { useSeat } from '../../api/session.tsx';
import { Answered, Empty } from '../../ui/states.tsx';
import type { Period } from './overview.tsx';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const HOURS = Array.from({ length: 13 }, (_, i) => i + 8);

type Cell = Output<'readHeatmap'>['cells'][number];

/** How many of the calls of each hour of the week were answered. */
export function BestHours({ period }: { readonly period: Period }) {
  const heat = useApi('readHeatmap', { query: { period } }, { refetchInterval: 60_000 });
  return <Answered of={heat}>{({ cells }) => <Grid cells={cells} />}</Answered>;
}

function Grid({ cells }: { readonly cells: readonly Cell[] }) {
  const { tenant } = useSeat();
  const known = new Map(cells.map((cell) => [cell.weekday * 24 + cell.hour, cell]));
  const hours = hoursOf(cells);
  if (cells.every(({ finished }) => finished === 0)) {
    return <Empty title="No calls in this time">After the first calls the best hours show.</Empty>;
  }
  return (
    <div className="overflow-x-auto">
      <table className="w-full min-w-xl border-separate border-spacing-0.5 text-center text-[13px]">
        <caption className="pb-2 text-left text-quiet">
          Share of calls that were answered, by hour in {tenant.timeZone}
        </caption>
        <thead>
          <tr className="text-quiet">
            <td />
            {hours.map((hour) => (
              <th key={hour} scope="col" className="font-normal">
                {hour % 12 === 0 ? 12 : hour % 12} {hour < 12 ? 'AM' : 'PM'}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {DAYS.map((day, weekday) => (
            <tr key={day}>
              <th scope="row" className="pr-3 text-left font-normal text-quiet">
                {day}
              </th>
              {hours.map((hour) => (
                <HourCell key={hour} cell={known.get(weekday * 24 + hour)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function HourCell({ cell }: { readonly cell: Cell | undefined }) {
  if (cell === undefined || cell.finished === 0 || cell.answerRate === null) {
    return <td className="h-8 rounded-sm bg-sunken text-quiet">-</td>;
  }
  const share = Math.round(cell.answerRate * 100);
  return (
    <td
      className="tnum h-8 rounded-sm"
      style={{ background: `color-mix(in oklab, var(--heat) ${share}%, var(--sunken))` }}
      title={`${cell.answered} of ${cell.finished} calls were answered`}
    >
      {share} %
    </td>
  );
}

/** The usual calling hours, and others only when calls were made in them. */
function hoursOf(cells: readonly Cell[]): readonly number[] {
  const used = cells.filter(({ finished }) => finished > 0).map(({ hour }) => hour);
  return [...new Set([...HOURS, ...used])].sort((a, b) => a - b);
}
