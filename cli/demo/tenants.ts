import type { CampaignProgress } from '../../src/campaigns/read-progress.ts';
import type { Stack } from '../local/stack.ts';
import { type DemoCampaign, readCampaign } from './campaign.ts';

/** Where all campaigns of a demonstration stand together. */
export type DemoProgress = Pick<
  CampaignProgress,
  'isPrimed' | 'pausedReason' | 'clips' | 'contacts' | 'calls' | 'outcomes'
> & { readonly isRunning: boolean };

export async function readTogether(
  stack: Stack,
  demos: readonly DemoCampaign[],
): Promise<DemoProgress> {
  const all = await Promise.all(demos.map((demo) => readCampaign(stack, demo)));
  return {
    isRunning: all.some(({ state }) => state === 'running'),
    isPrimed: all.every(({ isPrimed }) => isPrimed),
    pausedReason: all.find(({ pausedReason }) => pausedReason !== null)?.pausedReason ?? null,
    clips: all.reduce((sum, { clips }) => sum + clips, 0),
    contacts: summed(all.map(({ contacts }) => contacts)),
    calls: summed(all.map(({ calls }) => calls)),
    outcomes: summed(all.map(({ outcomes }) => outcomes)),
  };
}

/** Equal parts, the first ones larger by one when it does not divide. */
export function splitEvenly<T>(items: readonly T[], parts: number): T[][] {
  return Array.from({ length: parts }, (_, part) => items.filter((_, i) => i % parts === part));
}

/** The dials of one tenant, epoch ms. */
export type TenantDials = {
  readonly id: string;
  readonly contacts: number;
  readonly firsts: readonly number[];
  readonly all: readonly number[];
};

/** The last contacts of a tenant wait for refused dials: until then it has work. */
const WITHOUT_STRAGGLERS = 0.95;

/** Each tenant's part of all starts while every one of them had somebody to call. */
export function sharesOf(tenants: readonly TenantDials[]) {
  const spans = tenants.map(({ firsts }) => {
    const ordered = firsts.toSorted((a, b) => a - b);
    const last = ordered[Math.ceil(ordered.length * WITHOUT_STRAGGLERS) - 1];
    return { begin: ordered[0] ?? 0, end: last ?? 0 };
  });
  const begin = Math.max(...spans.map((span) => span.begin));
  const end = Math.min(...spans.map((span) => span.end));
  const starts = tenants.map(({ all }) => all.filter((at) => at >= begin && at <= end).length);
  const total = starts.reduce((sum, n) => sum + n, 0);
  return tenants.map(({ id, contacts }, i) => ({
    id,
    contacts,
    share: total === 0 ? 0 : Math.round(((starts[i] ?? 0) / total) * 1000) / 1000,
  }));
}

function summed(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const [name, n] of counts.flatMap((each) => Object.entries(each))) {
    sum[name] = (sum[name] ?? 0) + n;
  }
  return sum;
}
