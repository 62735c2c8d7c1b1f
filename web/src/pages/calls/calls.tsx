import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { Output } from '../../api/client.ts';
import { useApi, useApiPages } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { CallStatus, Outcome } from '../../features/call-status.tsx';
import { duration, phone } from '../../lib/format.ts';
import { Card } from '../../ui/card.tsx';
import { Select } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { Answered, Empty } from '../../ui/states.tsx';
import type { Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { VirtualTable } from '../../ui/virtual-table.tsx';

const route = getRouteApi('/t/$tenant/calls');
const AGAIN_MS = 10_000;
const PAGE_ROWS = 100;

type Call = Output<'listCalls'>['calls'][number];

export function CallsPage() {
  const { tenant } = route.useParams();
  const { campaign } = route.useSearch();
  const calls = useApiPages(
    'listCalls',
    { query: { limit: PAGE_ROWS, ...(campaign === undefined ? {} : { campaignId: campaign }) } },
    { refetchInterval: AGAIN_MS },
  );
  return (
    <Page title="Calls">
      <Filters />
      <Card isFlush>
        <Answered of={calls} lines={10}>
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.calls);
            if (rows.length === 0) {
              return (
                <Empty title="No calls here">
                  {campaign === undefined
                    ? 'Launch a campaign, or call one of your numbers.'
                    : 'This campaign has not called anybody yet.'}
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

function Filters() {
  const { campaign } = route.useSearch();
  const may = useMay();
  const navigate = useNavigate({ from: '/t/$tenant/calls' });
  const campaigns = useApi(
    'listCampaigns',
    { query: { limit: 200 } },
    { enabled: may('listCampaigns') },
  );
  return (
    <search className="flex flex-wrap gap-2">
      <Select
        aria-label="Campaign"
        className="max-w-64"
        value={campaign ?? ''}
        onChange={({ target }) =>
          void navigate({ search: target.value === '' ? {} : { campaign: target.value } })
        }
        options={[
          { value: '', label: 'All campaigns' },
          ...(campaigns.data?.campaigns ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
    </search>
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
