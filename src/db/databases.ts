import type { Clock } from '../shared/clock.ts';
import { DestinyError } from '../shared/errors.ts';
import { DeadLetterDb } from './dead-letter-db.ts';
import { EventStore, type Publish } from './event-store.ts';
import { MoveDb } from './move-db.ts';
import { OperationsDb } from './operations-db.ts';
import { PeopleDb } from './people-db.ts';
import { PlatformDb } from './platform-db.ts';
import { TenantDb } from './tenant-db.ts';
import { findHomeWith } from './tenant-home.ts';

/** The D1 bindings of one Worker; DATA and EVENTS come in shards that are numbered from 0. */
export type DatabaseBindings = {
  readonly control: D1Database;
  readonly data: readonly D1Database[];
  readonly events: readonly D1Database[];
  readonly publish?: Publish;
  /** Lets a write wait for a tenant that is being moved. */
  readonly clock?: Clock;
};

/** Doors to the databases: by tenant, or by the closed list of platform queries. */
export type Databases = {
  readonly platform: PlatformDb;
  readonly people: PeopleDb;
  readonly deadLetters: DeadLetterDb;
  readonly operations: OperationsDb;
  readonly moves: MoveDb;
  /** The database of a shard, for who moves tenants; everybody else takes `tenantDb`. */
  readonly dataShard: (n: number) => D1Database;
  /** A tenant's own rows in CONTROL: members, keys, numbers, audit. */
  readonly controlDb: (tenantId: string) => TenantDb;
  readonly tenantDb: (tenant: { readonly id: string; readonly dataShard: number }) => TenantDb;
  readonly eventStore: (tenantId: string) => EventStore;
};

export function openDatabases(bindings: DatabaseBindings): Databases {
  const platform = new PlatformDb(bindings.control, bindings.data);
  const dataShard = (n: number) => {
    const shard = bindings.data[n];
    if (shard === undefined) throw new Error(`The binding DATA_${n} is missing`);
    return shard;
  };
  const findHome = findHomeWith({
    clock: bindings.clock ?? null,
    homeNow: async (id) => {
      const tenant = await platform.tenantById(id);
      if (tenant === null) throw new DestinyError('not_found', `There is no tenant ${id}.`);
      return dataShard(tenant.dataShard);
    },
  });
  return {
    platform,
    people: new PeopleDb(bindings.control),
    deadLetters: new DeadLetterDb(bindings.control),
    operations: new OperationsDb(bindings.control),
    moves: new MoveDb(bindings.control),
    dataShard,
    controlDb: (tenantId) => new TenantDb(bindings.control, tenantId),
    tenantDb: (tenant) => new TenantDb(dataShard(tenant.dataShard), tenant.id, findHome),
    eventStore: (tenantId) => new EventStore(bindings.events, tenantId, bindings.publish),
  };
}

/** `DATA_0`, `DATA_1`, ... in their order; a gap in the numbers ends the list. */
export function shardBindings(env: object, prefix: 'DATA' | 'EVENTS'): D1Database[] {
  const found: D1Database[] = [];
  for (let n = 0; ; n++) {
    const binding: unknown = Reflect.get(env, `${prefix}_${n}`);
    if (binding === undefined) return found;
    found.push(binding as D1Database);
  }
}
