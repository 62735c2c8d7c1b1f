import { type CallingWindow, moveIntoWindow } from './window.ts';

/** 10 minutes, 30 minutes, 2 hours. */
export const DEFAULT_RETRY_SECONDS: readonly number[] = [600, 1800, 7200];

/**
 * When the next attempt is due: counted from the end of the failed one and moved into the
 * contact's calling window; null when the list is used up.
 */
export function nextDueAt(input: {
  readonly endedAt: number;
  /** 1 for the first attempt. */
  readonly ordinal: number;
  readonly retrySeconds: readonly number[];
  readonly zones: readonly string[];
  readonly window: CallingWindow;
}): number | null {
  const seconds = input.retrySeconds[input.ordinal - 1];
  if (seconds === undefined) return null;
  return moveIntoWindow(input.endedAt + seconds * 1000, input.zones, input.window);
}
