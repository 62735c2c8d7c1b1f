import { Link } from '@tanstack/react-router';
import type { Output } from '../../api/client.ts';
import { useApi } from '../../api/hooks.ts';
import { CampaignBadge } from '../../features/campaign-state.tsx';
import { count } from '../../lib/format.ts';
import { Card } from '../../ui/card.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Time } from '../../ui/time.tsx';
import { reachedOf } from '../campaigns/reached.ts';

const AGAIN_MS = 5_000;

type Campaign = Output<'listCampaigns'>['campaigns'][number];

/** Campaigns that are under way, with their progress and when they will be through. */
export function RunningCampaigns({ tenant }: { readonly tenant: string }) {
  const campaigns = useApi('listCampaigns', {}, { refetchInterval: AGAIN_MS });
  const running = (campaigns.data?.campaigns ?? []).filter(({ state }) =>
    ['running', 'paused', 'scheduled'].includes(state),
  );
  if (running.length === 0) return null;
  return (
    <Card title="Under way" isFlush>
      <ul>
        {running.map((campaign) => (
          <li key={campaign.id} className="border-b border-line last:border-b-0">
            <Running tenant={tenant} campaign={campaign} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Running({ tenant, campaign }: { readonly tenant: string; readonly campaign: Campaign }) {
  const progress = useApi(
    'readCampaign',
    { params: { id: campaign.id } },
    { refetchInterval: AGAIN_MS },
  );
  const { done, all } = reachedOf(progress.data?.contacts ?? {});
  const finish = progress.data?.finish.at ?? null;
  return (
    <div className="relative flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3 hover:bg-hover">
      <div className="flex min-w-48 flex-1 items-center gap-3">
        <Link
          to="/t/$tenant/campaigns/$id"
          params={{ tenant, id: campaign.id }}
          className="truncate font-medium after:absolute after:inset-0 hover:underline"
        >
          {campaign.name}
        </Link>
        <CampaignBadge state={campaign.state} />
      </div>
      <div className="w-40">
        <Progress label={`Contacts of ${campaign.name} that are done`} part={done} of={all} />
      </div>
      <p className="tnum w-24 text-right">
        {count(done)} / {count(all)}
      </p>
      <p className="w-44 text-quiet">
        {finish === null ? null : (
          <>
            Done about <Time at={finish} />
          </>
        )}
      </p>
    </div>
  );
}
