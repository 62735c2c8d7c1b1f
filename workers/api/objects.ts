import { RateLimiterObject } from '../../src/identity/rate-limiter.object.ts';
import { systemClock } from '../clock.ts';
import { withClockJump } from '../faults/clock-jump.ts';
import type { ApiEnv } from './env.ts';

/** The Durable Object with the world outside plugged in. */
export class RateLimiter extends RateLimiterObject<ApiEnv> {
  protected override clock() {
    return systemClock;
  }
}

withClockJump();
