import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { Output } from '../../api/client.ts';
import { useApi } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { cx } from '../../lib/cx.ts';
import { count, words } from '../../lib/format.ts';
import { Card } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { Answered, Empty, Loading } from '../../ui/states.tsx';
import { Problems } from './problems.tsx';
import { Rates } from './rates.tsx';
import { RunningCampaigns } from './running.tsx';

const Series = lazy(() => import('./series.tsx').then(({ Series: found }) => ({ default: found })));
const BestHours = lazy(() =>
  import('./best-hours.tsx').then(({ BestHours: found }) => ({ default: found })),
);

const FirstSteps = lazy(() =>
  import('./first-steps.tsx').then(({ FirstSteps: found }) => ({ default: found })),
);

const route = getRouteApi('/t/$tenant/');
export type Period = '24h' | '7d' | '30d';
const PERIODS: readonly (readonly [Period, string])[] = [
  ['24h', '24 hours'],
  ['7d', '7 days'],
  ['30d', '30 days'],
];
const AGAIN_MS = 30_000;

export function OverviewPage() {
  const { period = '7d' } = route.useSearch();
  const { tenant } = route.useParams();
  const may = useMay();
  const summary = useApi('readSummary', { query: { period } }, { refetchInterval: AGAIN_MS });
  const outcomes = useApi('readOutcomes', { query: { period } }, { refetchInterval: AGAIN_MS });
  return (
    <Page
      title="Overview"
      actions={
        <nav aria-label="Period" className="flex rounded-md border border-line bg-raised p-0.5">
          {PERIODS.map(([value, label]) => (
            <Link
              key={value}
              to="/t/$tenant"
              params={{ tenant }}
              search={{ period: value }}
              {...(value === period ? { 'aria-current': 'true' } : {})}
              className={cx(
                'rounded-sm px-3 py-1 font-medium',
                value === period ? 'bg-hover text-ink' : 'text-quiet hover:text-ink',
              )}
            >
              {label}
            </Link>
          ))}
        </nav>
      }
    >
      <Answered of={summary} lines={3}>
        {(found) => <Rates summary={found} />}
      </Answered>
      {summary.data !== undefined && isQuiet(summary.data) && may('placeCall') ? (
        <Suspense fallback={null}>
          <FirstSteps tenant={tenant} />
        </Suspense>
      ) : null}
      {may('listAlerts') ? <Problems tenant={tenant} /> : null}
      {may('listCampaigns') ? <RunningCampaigns tenant={tenant} /> : null}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Card title="Calls out">
          <Suspense fallback={<Loading lines={6} />}>
            <Series period={period} />
          </Suspense>
        </Card>
        <Card title="Outcomes">
          <Answered of={outcomes}>{(found) => <Outcomes outcomes={found.outcomes} />}</Answered>
        </Card>
      </div>
      <Card title="Best hours to call">
        <Suspense fallback={<Loading lines={6} />}>
          <BestHours period={period} />
        </Suspense>
      </Card>
    </Page>
  );
}

function isQuiet({ current, previous }: Output<'readSummary'>): boolean {
  return [current, previous].every(
    ({ inbound, outbound }) => inbound.finished + outbound.finished === 0,
  );
}

function Outcomes({ outcomes }: { readonly outcomes: Output<'readOutcomes'>['outcomes'] }) {
  const most = Math.max(...outcomes.map(({ calls }) => calls), 1);
  if (outcomes.length === 0) return <Empty title="No finished calls" />;
  return (
    <ul className="space-y-3">
      {outcomes.map(({ outcome, calls }) => (
        <li key={outcome ?? ''} className="space-y-1">
          <div className="flex justify-between gap-3">
            <span className="truncate">{outcome === null ? 'No outcome' : words(outcome)}</span>
            <span className="tnum">{count(calls)}</span>
          </div>
          <div className="h-1.5 rounded-full bg-hover" aria-hidden>
            <div
              className={cx('h-full rounded-full', outcome === null ? 'bg-edge' : 'bg-accent')}
              style={{ width: `${(calls / most) * 100}%` }}
            />
          </div>
        </li>
      ))}
    </ul>
  );
}
