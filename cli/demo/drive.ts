import type { CampaignProgress } from '../../src/campaigns/read-progress.ts';
import type { Stack } from '../local/stack.ts';
import { type DemoCampaign, readCampaign } from './campaign.ts';

const LOOK_EVERY_MS = 500;
const GIVE_UP_AFTER_MS = 20 * 60_000;

/** Asks for the campaign's speech and waits until every contact's words exist. */
export async function makeSpeech(
  stack: Stack,
  demo: DemoCampaign,
  onProgress: (progress: CampaignProgress) => void,
): Promise<void> {
  const path = `/campaigns/${demo.campaignId}/speech`;
  await stack.api.request('POST', path, undefined, demo.tenantId);
  await until(stack, demo, onProgress, (progress) => progress.isPrimed);
}

/** Launches and waits until the campaign is finished: nobody is due, dialled or in a call. */
export async function callEverybody(
  stack: Stack,
  demo: DemoCampaign,
  onProgress: (progress: CampaignProgress) => void,
): Promise<void> {
  const path = `/campaigns/${demo.campaignId}/launch`;
  await stack.api.request('POST', path, undefined, demo.tenantId);
  await until(stack, demo, onProgress, ({ state }) => state !== 'running');
}

async function until(
  stack: Stack,
  demo: DemoCampaign,
  onProgress: (progress: CampaignProgress) => void,
  isDone: (progress: CampaignProgress) => boolean,
): Promise<void> {
  const deadline = Date.now() + GIVE_UP_AFTER_MS;
  while (Date.now() < deadline) {
    const progress = await readCampaign(stack, demo).catch(() => null);
    if (progress !== null) {
      onProgress(progress);
      if (progress.pausedReason !== null) throw new Error(`Paused: ${progress.pausedReason}`);
      if (isDone(progress)) return;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Error('The campaign did not finish in time.');
}
