import { type CallingWindow, closesAfter, moveIntoWindow } from '../dialing/window.ts';

export type FinishInput = {
  readonly now: number;
  /** Contacts that have not been reached or given up: their next try counts as one call. */
  readonly contacts: number;
  readonly callsPerSecond: number;
  readonly maxConcurrentCalls: number;
  /** From the dial to the end of a call. */
  readonly meanCallSeconds: number;
  /** Sentences that have to be made before the last contact is due. */
  readonly sentencesLeft: number;
  readonly sentencesPerMinute: number;
  readonly timeZone: string;
  readonly window: CallingWindow;
};

export type FinishEstimate = {
  /** Epoch ms; null when the window never opens or nobody is left. */
  readonly at: number | null;
  /** What sets the pace: Twilio's calls per second, calls at once, or Google's speech. */
  readonly boundBy: 'pace' | 'concurrency' | 'speech';
};

/**
 * When every contact has been tried once more, by the slowest of the three; calls are made only
 * while the window is open, speech at any hour. Retries come on top.
 */
export function estimateFinish(input: FinishInput): FinishEstimate {
  const seconds = {
    pace: input.contacts / input.callsPerSecond,
    concurrency: (input.contacts * input.meanCallSeconds) / input.maxConcurrentCalls,
    speech: (input.sentencesLeft * 60) / input.sentencesPerMinute,
  };
  const calling = Math.max(seconds.pace, seconds.concurrency);
  const calledBy =
    input.contacts === 0
      ? null
      : addOpenTime(input.now, calling * 1000, input.timeZone, input.window);
  const spokenBy = input.now + seconds.speech * 1000;
  if (calledBy !== null && spokenBy > calledBy) {
    return { at: addOpenTime(spokenBy, 0, input.timeZone, input.window), boundBy: 'speech' };
  }
  return { at: calledBy, boundBy: seconds.concurrency > seconds.pace ? 'concurrency' : 'pace' };
}

/** The moment when the window has been open for so long since `from`. */
function addOpenTime(
  from: number,
  openMs: number,
  timeZone: string,
  window: CallingWindow,
): number | null {
  let at = moveIntoWindow(from, [timeZone], window);
  for (let left = openMs; at !== null; ) {
    const closes = closesAfter(at, timeZone, window);
    if (left <= closes - at) return at + left;
    left -= closes - at;
    at = moveIntoWindow(closes, [timeZone], window);
  }
  return null;
}
