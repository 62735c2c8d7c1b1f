import type { EventStore } from '../db/event-store.ts';
import type { TenantRow } from '../db/platform-db.ts';
import type { TenantDb } from '../db/tenant-db.ts';
import type { Clock } from '../shared/clock.ts';
import type { NewId } from '../shared/ids.ts';

/** What every verb on a tenant's data is given: who, where its rows are, time and fresh ids. */
export type TenantContext = {
  readonly tenant: TenantRow;
  readonly db: TenantDb;
  /** Its rows in CONTROL: members, keys, numbers, audit. */
  readonly control: TenantDb;
  readonly events: EventStore;
  readonly clock: Clock;
  readonly newId: NewId;
};
