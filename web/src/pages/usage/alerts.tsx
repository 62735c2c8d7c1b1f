import { getRouteApi } from '@tanstack/react-router';
import type { Output } from '../../api/client.ts';
import { useApi, useApiChange, useApiPages } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { words } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { Answered, Empty, Problem } from '../../ui/states.tsx';
import type { Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { UsageTabs } from './tabs.tsx';

const route = getRouteApi('/t/$tenant/usage/alerts');

type Alert = Output<'listAlerts'>['alerts'][number];
type Rule = Output<'listAlertRules'>['rules'][number];

/** What went over its limit, and the limits themselves. */
export function AlertsPage() {
  const { tenant } = route.useParams();
  const alerts = useApiPages('listAlerts', {});
  const rules = useApi('listAlertRules', {});
  return (
    <Page title="Usage">
      <UsageTabs tenant={tenant} />
      <Card title="Alerts" isFlush>
        <PagedTable
          label="Alerts"
          columns={COLUMNS}
          of={alerts}
          rowsOf={(page) => page.alerts}
          keyOf={({ id }) => id}
          empty={<Empty title="Nothing went over its limit" />}
        />
      </Card>
      <Card title="What is watched" isFlush>
        <Answered of={rules}>
          {(known) => (
            <ul>
              {known.rules.map((rule) => (
                <OneRule key={rule.name} rule={rule} />
              ))}
            </ul>
          )}
        </Answered>
      </Card>
    </Page>
  );
}

const COLUMNS: readonly Column<Alert>[] = [
  { title: 'What', cell: ({ rule }) => words(rule) },
  {
    title: 'State',
    cell: ({ resolvedAt }) =>
      resolvedAt === null ? <Badge tone="bad">Open</Badge> : <Badge tone="good">Over</Badge>,
  },
  { title: 'Value', cell: ({ value }) => shown(value), isNumber: true },
  { title: 'Limit', cell: ({ threshold }) => shown(threshold), isNumber: true, isExtra: true },
  { title: 'Since', cell: ({ raisedAt }) => <Time at={raisedAt} /> },
  { title: 'Seen', cell: (alert) => <Seen alert={alert} />, isExtra: true },
];

function Seen({ alert }: { readonly alert: Alert }) {
  const may = useMay();
  const acknowledge = useApiChange('acknowledgeAlert', ['listAlerts']);
  if (alert.acknowledgedAt !== null) return <Time at={alert.acknowledgedAt} />;
  if (!may('acknowledgeAlert')) return '-';
  return (
    <Button
      size="small"
      isBusy={acknowledge.isPending}
      onClick={() => acknowledge.mutate({ params: { id: alert.id } })}
    >
      I look after it
    </Button>
  );
}

function OneRule({ rule }: { readonly rule: Rule }) {
  const may = useMay();
  const edit = useApiChange('editAlertRule', ['listAlertRules']);
  const { name, isOn, threshold, defaultThreshold, meaning, remedy } = rule;
  const change = (next: boolean) =>
    edit.mutate({
      params: { name },
      body: { isOn: next, threshold: threshold === defaultThreshold ? null : threshold },
    });
  return (
    <li className="flex flex-wrap items-start gap-4 border-b border-line px-4 py-3 last:border-b-0">
      <div className="min-w-0 flex-1">
        <p className="font-medium">{words(name)}</p>
        <p>{meaning}</p>
        <p className="text-quiet">{remedy}</p>
        {edit.error === null ? null : <Problem error={edit.error} />}
      </div>
      <p className="tnum text-quiet">from {shown(threshold)}</p>
      {may('editAlertRule') ? (
        <Button size="small" isBusy={edit.isPending} onClick={() => change(!isOn)}>
          {isOn ? 'Switch off' : 'Switch on'}
        </Button>
      ) : null}
    </li>
  );
}

/** Shares as per cent, everything else as it is. */
function shown(value: number): string {
  return value > 0 && value < 1 ? `${Math.round(value * 100)} %` : String(value);
}
