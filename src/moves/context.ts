import type { MoveDb } from '../db/move-db.ts';
import type { PlatformDb } from '../db/platform-db.ts';
import type { Clock } from '../shared/clock.ts';
import type { NewId } from '../shared/ids.ts';
import type { Log } from '../shared/log.ts';

/** What moving a tenant to another DATA shard needs. */
export type MoveContext = {
  readonly moves: MoveDb;
  readonly platform: Pick<PlatformDb, 'tenantById' | 'dataShardCount'>;
  /** Throws for a shard that has no binding. */
  readonly dataShard: (n: number) => D1Database;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  /** After the cut-over the old rows stay so long, for whoever still reads there. */
  readonly graceMs: number;
};
