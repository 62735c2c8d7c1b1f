import { type GcraPace, type GcraState, reserve } from '../shared/gcra.ts';

/** Who waits for the audio: a call that is due, a campaign being prepared, a script published. */
export type SpeechPriority = 'call' | 'campaign' | 'publish';

/** Hands out the moments at which one Google project may be asked to speak. */
export type SpeechSlots = {
  /** n slots in order (1 to 100), as milliseconds to wait from the answer; may be fractions. */
  readonly reserve: (request: {
    readonly n: number;
    readonly priority: SpeechPriority;
  }) => Promise<{ readonly delaysMs: number[] }>;
};

/**
 * The project's pace is cut into lanes. A priority draws from its own lane and from those below
 * it, so a backlog of campaigns can never use up what calls may need.
 */
export const SPEECH_LANES = ['call', 'campaign', 'publish'] as const;
export type SpeechLanes = Readonly<Record<SpeechPriority, GcraState>>;
export type SpeechPaces = Readonly<Record<SpeechPriority, GcraPace>>;

export const NEW_LANES: SpeechLanes = {
  call: { tat: 0 },
  campaign: { tat: 0 },
  publish: { tat: 0 },
};

const MINUTE_MS = 60_000;
const SHARES: Readonly<Record<SpeechPriority, number>> = { call: 0.1, campaign: 0.6, publish: 0.3 };
const BURST_SHARE = 0.1;
/** Below this a lane would be left with a single request a minute. */
export const REQUESTS_PER_MINUTE_MIN = 20;

/**
 * No 60 s window of a lane holds more than its share of the limit: what a burst takes, the steady
 * pace gives back. Shares are rounded down, so their sum stays within the limit too.
 */
export function speechPaces(requestsPerMinute: number): SpeechPaces {
  const lane = (priority: SpeechPriority): GcraPace => {
    // The small addend keeps 0.6 * 55 = 32.999... from losing a request to binary fractions.
    const limit = Math.floor(requestsPerMinute * SHARES[priority] + 1e-6);
    const burst = Math.max(1, Math.floor(limit * BURST_SHARE));
    return { burst, intervalMs: MINUTE_MS / (limit - burst) };
  };
  return { call: lane('call'), campaign: lane('campaign'), publish: lane('publish') };
}

/** Gives each slot to whichever lane open to the priority has one soonest. */
export function reserveSpeech(
  lanes: SpeechLanes,
  request: {
    readonly now: number;
    readonly n: number;
    readonly priority: SpeechPriority;
    readonly paces: SpeechPaces;
  },
): { lanes: SpeechLanes; delaysMs: number[] } {
  const { now, n, priority, paces } = request;
  const open = SPEECH_LANES.slice(SPEECH_LANES.indexOf(priority));
  const next = { ...lanes };
  const delaysMs: number[] = [];
  for (let i = 0; i < n; i++) {
    const offers = open.map((lane) => {
      const { state, delaysMs: delays } = reserve(next[lane], { now, n: 1, ...paces[lane] });
      return { lane, state, delayMs: delays[0] ?? 0 };
    });
    // The lowest lane first among equals: it leaves the most for those above.
    const best = offers.reduce((a, b) => (b.delayMs <= a.delayMs ? b : a));
    next[best.lane] = best.state;
    delaysMs.push(best.delayMs);
  }
  return { lanes: next, delaysMs };
}
