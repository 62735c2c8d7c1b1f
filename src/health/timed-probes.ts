import type { Clock } from '../shared/clock.ts';
import type { HealthCheck } from './checks.ts';

export type TimedCheck = HealthCheck & {
  /** What was found, or why nothing was; null when there is nothing to say. */
  readonly detail: string | null;
  readonly ms: number;
};

export type TimedProbe = {
  readonly name: string;
  /** What people see while it fails. */
  readonly cause: string;
  readonly remedy: string;
  /** Throws when the thing is out of reach; `isHealthy` false when it answers and is not right. */
  readonly check: () => Promise<{ readonly isHealthy: boolean; readonly detail: string } | null>;
};

const LIMIT_MS = 5000;

/** Each probe has a time limit of its own: one that hangs or breaks hides no other. */
export function runTimedProbes(
  clock: Clock,
  probes: readonly TimedProbe[],
  limitMs = LIMIT_MS,
): Promise<TimedCheck[]> {
  return Promise.all(
    probes.map(async ({ name, cause, remedy, check }) => {
      const startedAt = clock.now();
      const found = await Promise.race([
        outcomeOf(check),
        clock
          .sleep(limitMs)
          .then(() => ({ isHealthy: false, detail: `no answer within ${limitMs} ms` })),
      ]);
      return {
        ...{ name, isHealthy: found.isHealthy, detail: found.detail },
        ...(found.isHealthy ? { cause: null, remedy: null } : { cause, remedy }),
        ms: clock.now() - startedAt,
      };
    }),
  );
}

async function outcomeOf(check: TimedProbe['check']) {
  try {
    return (await check()) ?? { isHealthy: true, detail: null };
  } catch (error) {
    return { isHealthy: false, detail: error instanceof Error ? error.message : String(error) };
  }
}
