import { getRouteApi } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { useEffect } from 'react';
import type { Output } from '../../api/client.ts';
import { useApiFile, useApiPages } from '../../api/hooks.ts';
import { CallStatus, Outcome } from '../../features/call-status.tsx';
import { duration, phone } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { Answered, Empty, Problem } from '../../ui/states.tsx';
import type { Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { CallFilters } from './filters.tsx';
import { callFilters } from './search.ts';

const route = getRouteApi('/t/$tenant/calls');
const AGAIN_MS = 10_000;
const PAGE_ROWS = 100;

type Call = Output<'listCalls'>['calls'][number];

export function CallsPage() {
  const { tenant } = route.useParams();
  const search = route.useSearch();
  const filters = callFilters(search);
  const calls = useApiPages(
    'listCalls',
    { query: { limit: PAGE_ROWS, ...filters } },
    { refetchInterval: AGAIN_MS },
  );
  const file = useApiFile('exportCalls', 'calls.csv');
  const { hasNextPage, isFetching, fetchNextPage, data } = calls;
  const isEmptySoFar = data?.pages.every((page) => page.calls.length === 0) ?? false;
  // A filter that is rare answers an empty page which is not the last.
  useEffect(() => {
    if (isEmptySoFar && hasNextPage && !isFetching) void fetchNextPage();
  }, [isEmptySoFar, hasNextPage, isFetching, fetchNextPage]);
  return (
    <Page
      title="Calls"
      actions={
        <Button isBusy={file.isPending} onClick={() => file.mutate({ query: filters })}>
          <Download aria-hidden className="size-4" />
          Export
        </Button>
      }
    >
      <CallFilters />
      {file.error === null ? null : <Problem error={file.error} />}
      <Card isFlush>
        <Answered of={calls} lines={10}>
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.calls);
            if (rows.length === 0 && hasNextPage) {
              return <p className="p-4 text-quiet">Looking further back...</p>;
            }
            if (rows.length === 0) {
              return (
                <Empty title="No calls here">
                  {Object.keys(search).length === 0
                    ? 'Launch a campaign, or call one of your numbers.'
                    : 'No call fits these filters.'}
                </Empty>
              );
            }
            return (
              <VirtualTable
                label="Calls"
                columns={COLUMNS}
                rows={rows}
                keyOf={({ id }) => id}
                linkOf={({ id }) => ({ to: '/t/$tenant/calls/$id', params: { tenant, id } })}
                hasMore={calls.hasNextPage}
                onEnd={() => {
                  if (!calls.isFetchingNextPage) void calls.fetchNextPage();
                }}
              />
            );
          }}
        </Answered>
      </Card>
    </Page>
  );
}

const COLUMNS: readonly Column<Call>[] = [
  { title: 'To', cell: ({ toNumber }) => <span className="tnum">{phone(toNumber)}</span> },
  {
    title: 'From',
    cell: ({ fromNumber }) => <span className="tnum">{phone(fromNumber)}</span>,
    isExtra: true,
  },
  { title: 'Status', cell: ({ status }) => <CallStatus status={status} /> },
  { title: 'Outcome', cell: ({ outcome }) => <Outcome outcome={outcome} />, isExtra: true },
  {
    title: 'Length',
    cell: ({ durationSeconds }) => duration(durationSeconds),
    isNumber: true,
    isExtra: true,
  },
  { title: 'Begun', cell: ({ createdAt }) => <Time at={createdAt} />, isExtra: true },
];
