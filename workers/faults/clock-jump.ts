import { env } from 'cloudflare:workers';
import { putClockAhead } from '../clock.ts';
import { type FaultPlan, readFaults } from './fault-plan.ts';

let started: { readonly at: number; readonly plan: FaultPlan | null } | null = null;

/** With FAULTS the clock of this Worker goes ahead for a while, and comes back. */
export function withClockJump(): void {
  if (Reflect.get(env, 'FAULTS') !== undefined) putClockAhead(clockAheadMs);
}

/** How much the clock is ahead of the machine's at this moment. */
export function clockAheadMs(): number {
  started ??= { at: Date.now(), plan: readFaults(env) };
  const { at, plan } = started;
  if (plan === null || plan.clockAheadMs === 0) return 0;
  const runsMs = Date.now() - at;
  const isAhead = runsMs >= plan.clockFromMs && (plan.forMs === 0 || runsMs < plan.forMs);
  return isAhead ? plan.clockAheadMs : 0;
}
