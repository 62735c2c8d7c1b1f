import { EventStore } from '../../src/db/event-store.ts';
import { TenantDb } from '../../src/db/tenant-db.ts';
import { idMaker } from '../../src/shared/ids.ts';
import type { TenantContext } from '../../src/tenants/context.ts';
import { systemClock, systemRandom } from '../../workers/clock.ts';

/** A tenant that may call at any hour, on one database. */
export function contextOf(d1: D1Database, id: string): TenantContext {
  return {
    tenant: {
      id,
      name: 'Harbour Dental',
      plan: 'FULL',
      state: 'active',
      timeZone: 'America/New_York',
      callingCodes: ['1'],
      isOuterWindowLifted: true,
      carrierAccountSid: '',
      dataShard: 0,
      createdAt: 0,
      dailyAttempts: null,
      dailySpendMicros: null,
      cpsShare: null,
      maxConcurrentCalls: null,
      opensMinute: null,
      recordingRetentionDays: null,
      recordingNotice: null,
      closesMinute: null,
      revision: 1,
    },
    db: new TenantDb(d1, id),
    control: new TenantDb(d1, id),
    events: new EventStore([d1], id),
    clock: systemClock,
    newId: idMaker(systemClock.now, systemRandom),
  };
}
