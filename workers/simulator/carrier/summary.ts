import type { CallStore } from './calls.ts';
import type { Journal } from './journal.ts';

const SECOND_MS = 1000;
const LISTED_ERRORS = 100;

type Percentiles = { readonly p50: number | null; readonly p99: number | null; readonly n: number };
export type AccountSummary = {
  readonly calls: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Creates as they arrived: the application's own pacing, before the carrier's queue. */
  readonly maxCreatesInAnySecond: number;
  /** Starts as the carrier dialled them. */
  readonly maxStartsInAnySecond: number;
  readonly longestQueueMs: number;
  readonly turnWebhookMs: Percentiles;
  readonly statusCallbackMs: Percentiles;
  readonly audioFetchMs: Percentiles;
  /** Silence from the moment the callee stops, or answers the phone, to the next sound. */
  readonly deadAirMs: Percentiles;
  readonly faults: number;
  readonly errorCount: number;
  /** The latest ones. */
  readonly errors: readonly {
    readonly at: number;
    readonly callSid: string | null;
    readonly detail: string;
  }[];
};

export function summarise(calls: CallStore, journal: Journal): AccountSummary {
  const byStatus = calls.countByStatus();
  const percentiles = (kind: string): Percentiles => ({
    p50: journal.percentile(kind, 0.5),
    p99: journal.percentile(kind, 0.99),
    n: journal.count(kind),
  });
  return {
    calls: Object.values(byStatus).reduce((sum, n) => sum + n, 0),
    byStatus,
    maxCreatesInAnySecond: mostInAnyWindow(calls.times('created_at'), SECOND_MS),
    maxStartsInAnySecond: mostInAnyWindow(calls.times('started_at'), SECOND_MS),
    longestQueueMs: calls.longestQueueMs(),
    turnWebhookMs: percentiles('webhook'),
    statusCallbackMs: percentiles('callback'),
    audioFetchMs: percentiles('audio'),
    deadAirMs: percentiles('dead-air'),
    faults: journal.count('fault'),
    errorCount: journal.count('error'),
    errors: journal
      .latest('error', LISTED_ERRORS)
      .map(({ at, callSid, detail }) => ({ at, callSid, detail })),
  };
}

/** The most events in any sliding window; `times` ascend. A window is half open: [t, t + window). */
export function mostInAnyWindow(times: readonly number[], windowMs: number): number {
  let most = 0;
  let first = 0;
  for (const [index, at] of times.entries()) {
    while ((times[first] ?? at) <= at - windowMs) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}
