import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Output } from '../../api/client.ts';
import { useApi } from '../../api/hooks.ts';
import { useSeat } from '../../api/session.tsx';
import { Answered, Empty } from '../../ui/states.tsx';
import type { Period } from './overview.tsx';

const PARTS = [
  { key: 'answered', name: 'Answered', color: 'var(--chart-2)' },
  { key: 'machine', name: 'Voicemail', color: 'var(--chart-6)' },
  { key: 'noAnswer', name: 'No answer', color: 'var(--chart-4)' },
  { key: 'busy', name: 'Busy', color: 'var(--chart-3)' },
  { key: 'failed', name: 'Failed', color: 'var(--chart-5)' },
] as const;

/** Calls over time by what became of them. */
export function Series({ period }: { readonly period: Period }) {
  const series = useApi('readSeries', { query: { period } }, { refetchInterval: 60_000 });
  return (
    <Answered of={series}>{({ points }) => <Chart points={points} period={period} />}</Answered>
  );
}

type Point = Output<'readSeries'>['points'][number];

function Chart({ points, period }: { readonly points: readonly Point[]; readonly period: Period }) {
  const { tenant } = useSeat();
  if (points.every(({ finished }) => finished === 0)) {
    return <Empty title="No calls in this time">Launch a campaign, or choose a longer time.</Empty>;
  }
  const label = new Intl.DateTimeFormat('en-US', {
    timeZone: tenant.timeZone,
    ...(period === '24h' ? { hour: 'numeric' } : { month: 'short', day: 'numeric' }),
  });
  return (
    <figure className="space-y-3">
      <figcaption className="flex flex-wrap gap-x-4 gap-y-1 text-quiet">
        {PARTS.map(({ key, name, color }) => (
          <span key={key} className="inline-flex items-center gap-1.5">
            <span className="size-2.5 rounded-sm" style={{ background: color }} aria-hidden />
            {name} {points.reduce((sum, point) => sum + point[key], 0)}
          </span>
        ))}
      </figcaption>
      <div className="h-64" aria-hidden>
        <ResponsiveContainer width="100%" height="100%">
          <BarChart
            accessibilityLayer={false}
            data={[...points]}
            margin={{ top: 4, right: 4, bottom: 0, left: -20 }}
          >
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="at"
              tickFormatter={(at: number) => label.format(at)}
              tick={{ fill: 'var(--quiet)', fontSize: 12 }}
              stroke="var(--line)"
              minTickGap={32}
            />
            <YAxis
              allowDecimals={false}
              tick={{ fill: 'var(--quiet)', fontSize: 12 }}
              stroke="transparent"
            />
            <Tooltip
              cursor={{ fill: 'var(--hover)' }}
              labelFormatter={(at) => label.format(Number(at))}
              contentStyle={{
                background: 'var(--raised)',
                border: '1px solid var(--line)',
                borderRadius: 6,
                color: 'var(--ink)',
              }}
            />
            {PARTS.map(({ key, name, color }) => (
              <Bar
                key={key}
                dataKey={key}
                name={name}
                stackId="calls"
                fill={color}
                maxBarSize={40}
                isAnimationActive={false}
              />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}
