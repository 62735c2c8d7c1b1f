import type { Clock, RandomBytes } from '../src/shared/clock.ts';

/** The only place where the product reads the time or waits. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

export const systemRandom: RandomBytes = (bytes) => crypto.getRandomValues(bytes);
