import { env } from 'cloudflare:workers';
import type { Plan } from '../../src/contract/rule.ts';
import { openDatabases, shardBindings } from '../../src/db/databases.ts';
import type { CancelJob } from '../../src/dialing/cancel-calls.ts';
import type { Clock, RandomBytes } from '../../src/shared/clock.ts';
import { idMaker } from '../../src/shared/ids.ts';
import { sealerFrom } from '../../src/shared/seal.ts';
import type { TenantContext } from '../../src/tenants/context.ts';
import { loadTenant } from '../../src/tenants/load-tenant.ts';

export const testEnv = env as unknown as {
  readonly CONTROL: D1Database;
  readonly ENCRYPTION_KEYS: string;
};

const random: RandomBytes = (bytes) => crypto.getRandomValues(bytes);
export const testDatabases = openDatabases({
  control: testEnv.CONTROL,
  data: shardBindings(env, 'DATA'),
  events: shardBindings(env, 'EVENTS'),
});
export const testSealer = sealerFrom(testEnv.ENCRYPTION_KEYS, random);

/** A Thursday, ten in the morning in New York. */
export const NOON = Date.parse('2026-05-14T14:00:00Z');
export const AUTH_TOKEN = 'a token of thirty-two characters';

export type ManualClock = Clock & { readonly advance: (ms: number) => void };

/** Sleeping moves it, so nothing waits. */
export function manualClock(start = NOON): ManualClock {
  let now = start;
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
    advance: (ms) => {
      now += ms;
    },
  };
}

/** Each test mints its own tenant; shards are used in turn. */
export async function newTenant(
  options: { readonly clock?: Clock; readonly dataShard?: number; readonly plan?: Plan } = {},
): Promise<TenantContext & { readonly clock: Clock }> {
  const clock = options.clock ?? manualClock();
  const newId = idMaker(clock.now, random);
  const id = newId('ten');
  const accountSid = `AC${crypto.randomUUID().replaceAll('-', '')}`;
  await testDatabases.platform.insertCarrierAccount({
    sid: accountSid,
    tokenSealed: await testSealer.seal(AUTH_TOKEN),
    callsPerSecond: 10,
    maxConcurrentCalls: 100,
    createdAt: clock.now(),
  });
  await testDatabases.platform.insertTenant({
    id,
    name: 'Harbour Dental',
    plan: options.plan ?? 'FULL',
    state: 'active',
    timeZone: 'America/New_York',
    callingCodes: ['1'],
    isOuterWindowLifted: false,
    carrierAccountSid: accountSid,
    dataShard: options.dataShard ?? 0,
    createdAt: clock.now(),
  });
  return loadTenant({ databases: testDatabases, clock, newId }, id);
}

/** The Worker's own queue of calls to take back. */
export const testCancels = (env as unknown as { readonly CANCEL: Queue<CancelJob> }).CANCEL;
