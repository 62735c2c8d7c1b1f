import type { Stack } from '../local/stack.ts';
import type { DemoCampaign } from './campaign.ts';
import { type DemoProgress, readTogether } from './tenants.ts';

const LOOK_EVERY_MS = 500;
const GIVE_UP_AFTER_MS = 20 * 60_000;

/** Asks for the campaigns' speech and waits until every contact's words exist. */
export async function makeSpeech(
  stack: Stack,
  demos: readonly DemoCampaign[],
  onProgress: (progress: DemoProgress) => void,
): Promise<void> {
  await askEach(stack, demos, 'speech');
  await until(stack, demos, onProgress, (progress) => progress.isPrimed);
}

/** Launches together and waits until all campaigns are finished: nobody is due, dialled or in a call. */
export async function callEverybody(
  stack: Stack,
  demos: readonly DemoCampaign[],
  onProgress: (progress: DemoProgress) => void,
): Promise<void> {
  await askEach(stack, demos, 'launch');
  await untilFinished(stack, demos, onProgress);
}

/** Waits until nobody is due, dialled or in a call. */
export async function untilFinished(
  stack: Stack,
  demos: readonly DemoCampaign[],
  onProgress: (progress: DemoProgress) => void,
): Promise<void> {
  await until(stack, demos, onProgress, ({ isRunning }) => !isRunning);
}

async function askEach(
  { api }: Stack,
  demos: readonly DemoCampaign[],
  verb: 'speech' | 'launch',
): Promise<void> {
  await Promise.all(
    demos.map(({ campaignId, tenantId }) =>
      api.request('POST', `/campaigns/${campaignId}/${verb}`, undefined, tenantId),
    ),
  );
}

async function until(
  stack: Stack,
  demos: readonly DemoCampaign[],
  onProgress: (progress: DemoProgress) => void,
  isDone: (progress: DemoProgress) => boolean,
): Promise<void> {
  const deadline = Date.now() + GIVE_UP_AFTER_MS;
  while (Date.now() < deadline) {
    const progress = await readTogether(stack, demos).catch(() => null);
    if (progress !== null) {
      onProgress(progress);
      if (progress.pausedReason !== null) throw new Error(`Paused: ${progress.pausedReason}`);
      if (isDone(progress)) return;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Error('The campaigns did not finish in time.');
}
