import { getRouteApi, Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import type { Output } from '../../api/client.ts';
import { useApi, useApiPages } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { CampaignBadge } from '../../features/campaign-state.tsx';
import { count, phone } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Empty } from '../../ui/states.tsx';
import type { Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { reachedOf } from './reached.ts';

const route = getRouteApi('/t/$tenant/campaigns');
const AGAIN_MS = 5_000;

type Campaign = Output<'listCampaigns'>['campaigns'][number];

export function CampaignsPage() {
  const { tenant } = route.useParams();
  const may = useMay();
  const campaigns = useApiPages('listCampaigns', {}, { refetchInterval: AGAIN_MS });
  const create = may('createCampaign') ? (
    <Button asChild tone="primary">
      <Link to="/t/$tenant/campaigns/new" params={{ tenant }}>
        <Plus aria-hidden /> New campaign
      </Link>
    </Button>
  ) : null;
  return (
    <Page title="Campaigns" actions={create}>
      <Card isFlush>
        <PagedTable
          label="Campaigns"
          columns={COLUMNS}
          of={campaigns}
          rowsOf={(page) => page.campaigns}
          keyOf={({ id }) => id}
          linkOf={({ id }) => ({ to: '/t/$tenant/campaigns/$id', params: { tenant, id } })}
          empty={
            <Empty title="No campaigns yet" action={create}>
              A campaign calls the people of a list with a script, at the hours you set.
            </Empty>
          }
        />
      </Card>
    </Page>
  );
}

const COLUMNS: readonly Column<Campaign>[] = [
  { title: 'Name', cell: ({ name }) => name, className: 'max-w-72 truncate' },
  { title: 'State', cell: ({ state }) => <CampaignBadge state={state} /> },
  { title: 'Reached', cell: (row) => <Reached campaign={row} />, className: 'w-48' },
  { title: 'Calls from', cell: ({ fromNumber }) => phone(fromNumber), isExtra: true },
  { title: 'Launched', cell: ({ launchedAt }) => <Time at={launchedAt} />, isExtra: true },
];

/** How far a campaign that is under way has come; one that is over or has not begun is not asked. */
function Reached({ campaign }: { readonly campaign: Campaign }) {
  const isMoving = campaign.state === 'running' || campaign.state === 'paused';
  const progress = useApi(
    'readCampaign',
    { params: { id: campaign.id } },
    { enabled: isMoving, refetchInterval: AGAIN_MS },
  );
  if (!isMoving || progress.data === undefined) return <span className="text-quiet">-</span>;
  const { done, all } = reachedOf(progress.data.contacts);
  return (
    <div className="flex items-center gap-3">
      <div className="w-24">
        <Progress label={`Contacts of ${campaign.name} that are done`} part={done} of={all} />
      </div>
      <span className="tnum text-quiet">
        {count(done)} / {count(all)}
      </span>
    </div>
  );
}
