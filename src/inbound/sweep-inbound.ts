import { LOST_AT_CARRIER } from '../calls/session-types.ts';
import type { OpenCallRef } from '../db/platform-db.ts';
import type { Carrier, CarrierCall } from '../telephony/carrier.ts';

/** A script ends a call after ten minutes; what is older talks to somebody, or has lost its end. */
export const LOOK_AFTER_MS = 12 * 60_000;
/** Longer than any talk: the carrier that denies it then will not tell of it any more. */
const FORGOTTEN_AFTER_MS = 2 * 3_600_000;
/** Cron ticks every minute; the carrier is asked about one call every fifth. */
const ASK_EVERY_MINUTES = 5;

export function isDueToAsk(ref: Pick<OpenCallRef, 'createdAt'>, now: number): boolean {
  return Math.floor((now - ref.createdAt) / 60_000) % ASK_EVERY_MINUTES === 0;
}

/** A call that came in and whose last callback was lost: the carrier's own record ends it. */
export async function sweepInbound(
  deps: {
    readonly carrier: Pick<Carrier, 'fetchCall'>;
    readonly session: {
      settle(call: CarrierCall): Promise<void>;
      abandon(errorCode: string): Promise<void>;
    };
  },
  ref: OpenCallRef,
  now: number,
): Promise<void> {
  const found = ref.sid === null ? null : await deps.carrier.fetchCall(ref.sid);
  if (found !== null) return deps.session.settle(found);
  if (now - ref.createdAt > FORGOTTEN_AFTER_MS) await deps.session.abandon(LOST_AT_CARRIER);
}
