import type { Output } from '../api/client.ts';
import { words } from '../lib/format.ts';
import { Badge, type Tone } from '../ui/badge.tsx';

export type CampaignState = Output<'listCampaigns'>['campaigns'][number]['state'];

const TONES: Readonly<Record<CampaignState, Tone>> = {
  draft: 'plain',
  scheduled: 'accent',
  running: 'good',
  paused: 'warn',
  stopped: 'bad',
  finished: 'plain',
};

export function CampaignBadge({ state }: { readonly state: CampaignState }) {
  return <Badge tone={TONES[state]}>{words(state)}</Badge>;
}
