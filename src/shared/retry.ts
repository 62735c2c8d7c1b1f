import type { Clock } from './clock.ts';

/** How one class of failure is retried. A policy is counted by identity: keep it in a constant. */
export type RetryPolicy = {
  /** Failures of this class after which the error is thrown; 1 never retries. */
  readonly tries: number;
  readonly baseMs: number;
  readonly capMs: number;
};

/**
 * The only retry loop of the program. `decide` names the policy of an error, or null for one that
 * must not be retried. The wait is full jitter: a random part of `baseMs` doubled by each earlier
 * failure of the same policy, at most `capMs`. `random` answers in [0, 1).
 */
export async function retry<T>(
  operation: () => Promise<T>,
  options: {
    readonly decide: (error: unknown) => RetryPolicy | null;
    readonly clock: Pick<Clock, 'sleep'>;
    readonly random: () => number;
  },
): Promise<T> {
  const failures = new Map<RetryPolicy, number>();
  for (;;) {
    try {
      return await operation();
    } catch (error) {
      const policy = options.decide(error);
      if (policy === null) throw error;
      const count = (failures.get(policy) ?? 0) + 1;
      if (count >= policy.tries) throw error;
      failures.set(policy, count);
      const ceiling = Math.min(policy.capMs, policy.baseMs * 2 ** (count - 1));
      await options.clock.sleep(options.random() * ceiling);
    }
  }
}
