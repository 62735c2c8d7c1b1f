import { readCampaign } from '../cli/demo/campaign.ts';
import type { DrillRun } from './drill-plan.ts';

/** Between two kills the app has this long to work. */
const WORKS_MS = { least: 2000, most: 6000 };
const PAUSED_MS = 3000;
const RUNNING_MS = 4000;

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export async function killAgainAndAgain({ stack, random }: DrillRun, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    await wait(WORKS_MS.least + random() * (WORKS_MS.most - WORKS_MS.least));
    await stack.killApp();
  }
}

export async function pauseAndResume({ stack, demos }: DrillRun): Promise<void> {
  const order = async (verb: 'pause' | 'launch') => {
    for (const { campaignId, tenantId } of demos) {
      await stack.api.request('POST', `/campaigns/${campaignId}/${verb}`, undefined, tenantId);
    }
  };
  await wait(RUNNING_MS);
  await order('pause');
  await wait(PAUSED_MS);
  await order('launch');
}

/** The same words once more: calls that run keep their version, later ones find all speech made. */
export async function publishAgain({ stack, demos }: DrillRun): Promise<void> {
  for (const { tenantId } of demos) {
    const { scripts } = await stack.api.request<{ scripts: { id: string }[] }>(
      'GET',
      '/scripts',
      undefined,
      tenantId,
    );
    for (const { id } of scripts) {
      await stack.api.request('POST', `/scripts/${id}/publish`, undefined, tenantId);
    }
  }
}

/** An outage trips the breaker; whoever sees that it is over presses "resume", until all are called. */
export async function resumeUntilFinished({ stack, demos }: DrillRun): Promise<void> {
  const open = new Set(demos);
  while (open.size > 0) {
    await wait(RUNNING_MS);
    for (const demo of open) {
      const { campaignId, tenantId } = demo;
      const { state } = await readCampaign(stack, demo);
      if (state === 'paused') {
        await stack.api.request('POST', `/campaigns/${campaignId}/launch`, undefined, tenantId);
      }
      if (state === 'finished') open.delete(demo);
    }
  }
}
