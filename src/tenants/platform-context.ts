import type { PlatformDb } from '../db/platform-db.ts';
import type { Clock } from '../shared/clock.ts';
import type { NewId } from '../shared/ids.ts';
import type { Sealer } from '../shared/seal.ts';

/** What a verb of the platform's owner is given. */
export type PlatformContext = {
  readonly platform: PlatformDb;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly newId: NewId;
};
