import type { CarrierCall, Gathered } from '../cli/demo/gather.ts';
import type { DrillRun } from './drill-plan.ts';

/** Refuses a drill in which fewer calls than this were under way at one moment. */
export function faultsOfCrowd(least: number) {
  return async (_run: DrillRun, { carrier }: Gathered): Promise<string[]> => {
    const most = mostAtOnce(carrier);
    console.log(`  ${most} calls under way at once`);
    return most < least ? [`only ${most} calls were under way at once, not ${least}`] : [];
  };
}

/** By the carrier's log, from the create to the end. Pure. */
export function mostAtOnce(calls: readonly Pick<CarrierCall, 'createdAt' | 'endedAt'>[]): number {
  const changes = calls
    .flatMap(({ createdAt, endedAt }) => [
      { at: createdAt, by: 1 },
      { at: endedAt ?? Number.POSITIVE_INFINITY, by: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.by - b.by);
  let now = 0;
  let most = 0;
  for (const { by } of changes) {
    now += by;
    most = Math.max(most, now);
  }
  return most;
}
