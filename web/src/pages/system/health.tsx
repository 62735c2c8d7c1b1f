import type { Output } from '../../api/client.ts';
import { useApi } from '../../api/hooks.ts';
import { words } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { Answered } from '../../ui/states.tsx';

const AGAIN_MS = 30_000;

type Check = Output<'readSystemHealth'>['checks'][number];

export function HealthPage() {
  const health = useApi('readSystemHealth', {}, { refetchInterval: AGAIN_MS });
  return (
    <Page
      title="Health"
      {...(health.data === undefined
        ? {}
        : {
            badge: (
              <Badge tone={health.data.isHealthy ? 'good' : 'bad'}>
                {health.data.isHealthy ? 'Everything works' : 'Something needs you'}
              </Badge>
            ),
          })}
      actions={
        <Button isBusy={health.isFetching} onClick={() => void health.refetch()}>
          Check now
        </Button>
      }
    >
      <Card isFlush>
        <Answered of={health}>
          {({ checks }) => (
            <ul>
              {checks
                .toSorted((a, b) => Number(a.isHealthy) - Number(b.isHealthy))
                .map((check) => (
                  <OneCheck key={check.name} check={check} />
                ))}
            </ul>
          )}
        </Answered>
      </Card>
    </Page>
  );
}

/** What is wrong, why, and what to do about it. */
function OneCheck({ check }: { readonly check: Check }) {
  return (
    <li className="flex items-start gap-4 border-b border-line px-4 py-3 last:border-b-0">
      <Badge tone={check.isHealthy ? 'good' : 'bad'}>{check.isHealthy ? 'Works' : 'Fails'}</Badge>
      <div className="min-w-0 flex-1">
        <p className="font-medium">{words(check.name)}</p>
        {check.cause === null ? null : <p>{check.cause}</p>}
        {check.remedy === null ? null : <p className="text-bad">{check.remedy}</p>}
        {check.detail === null ? null : <p className="break-words text-quiet">{check.detail}</p>}
      </div>
      <span className="tnum text-quiet">{check.ms} ms</span>
    </li>
  );
}
