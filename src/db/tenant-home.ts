import type { Clock } from '../shared/clock.ts';
import { DestinyError } from '../shared/errors.ts';
import { NOT_AT_HOME } from './gate-triggers.ts';

/** Where to try again what `away` refused; waits when the tenant is still on its way. */
export type FindHome = (tenantId: string, away: D1Database, tries: number) => Promise<D1Database>;

/** The rows of a tenant are held for a moment only: so long a write waits for it. */
const TRY_AGAIN_MS = 250;
const MOST_TRIES = 20;

export type FindHomeDeps = {
  readonly homeNow: (tenantId: string) => Promise<D1Database>;
  /** Without one nobody waits. */
  readonly clock: Clock | null;
};

/** Throws `tenant_moving` when the tenant has not arrived after five seconds. */
export function findHomeWith({ homeNow, clock }: FindHomeDeps): FindHome {
  return async (tenantId, away, tries) => {
    const home = await homeNow(tenantId);
    if (home !== away && tries < MOST_TRIES) return home;
    if (clock === null || tries >= MOST_TRIES) {
      throw new DestinyError(
        'tenant_moving',
        'The tenant is being moved to another database for a few seconds. Try again.',
      );
    }
    await clock.sleep(TRY_AGAIN_MS);
    return homeNow(tenantId);
  };
}

/** Whether a shard refused a write because the tenant's rows are held there. */
export function isNotAtHome(error: unknown): boolean {
  return String(error).includes(NOT_AT_HOME);
}
