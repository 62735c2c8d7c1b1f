import type { Clock, RandomBytes } from '../src/shared/clock.ts';

let aheadMs: () => number = () => 0;

/** The only place where the product reads the time or waits. */
export const systemClock: Clock = {
  now: () => Date.now() + aheadMs(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

export const systemRandom: RandomBytes = (bytes) => crypto.getRandomValues(bytes);

/** For rehearsals of a clock that jumps (`workers/faults`); nothing else may call it. */
export function putClockAhead(by: () => number): void {
  aheadMs = by;
}
