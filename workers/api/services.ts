import { openDatabases, shardBindings } from '../../src/db/databases.ts';
import { databaseProbes, type Probe, runProbes } from '../../src/health/checks.ts';
import type { ApiDeps } from '../../src/http/routes/api.ts';
import { FlowCache } from '../../src/scripts/flow-cache.ts';
import { idMaker } from '../../src/shared/ids.ts';
import { consoleLog } from '../../src/shared/log.ts';
import { sealerFrom } from '../../src/shared/seal.ts';
import { accountOf } from '../../src/tenants/account-of.ts';
import { loadTenant } from '../../src/tenants/load-tenant.ts';
import { systemClock, systemRandom } from '../clock.ts';
import { type ApiEnv, readSettings } from './env.ts';

/** What the REST routes need, from the bindings of one isolate. */
export function apiDeps(env: ApiEnv): ApiDeps {
  const settings = readSettings(env);
  const data = shardBindings(env, 'DATA');
  const events = shardBindings(env, 'EVENTS');
  const databases = openDatabases({ control: env.CONTROL, data, events });
  const clock = systemClock;
  const newId = idMaker(clock.now, systemRandom);
  const flows = new FlowCache();
  const probes = [...databaseProbes(namedDatabases(env.CONTROL, data, events)), voiceProbe(env)];
  return {
    apiToken: settings.apiToken,
    platform: {
      platform: databases.platform,
      sealer: sealerFrom(settings.encryptionKeys, systemRandom),
      clock,
      newId,
    },
    tenant: (tenantId) => loadTenant({ databases, clock, newId }, tenantId),
    prime: env.PRIME,
    cancel: env.CANCEL,
    progress: (ctx) => ({
      flows,
      account: () => accountOf(databases.platform, ctx),
      speechRequestsPerMinute: settings.speechRequestsPerMinute,
    }),
    health: () => runProbes(probes),
    log: consoleLog,
  };
}

function namedDatabases(
  control: D1Database,
  data: readonly D1Database[],
  events: readonly D1Database[],
): Record<string, D1Database> {
  return Object.fromEntries([
    ['CONTROL', control],
    ...data.map((database, n) => [`DATA_${n}`, database] as const),
    ...events.map((database, n) => [`EVENTS_${n}`, database] as const),
  ]);
}

function voiceProbe(env: ApiEnv): Probe {
  return {
    name: 'workers/voice',
    cause: 'The Worker that answers calls does not answer.',
    remedy:
      'Deploy workers/voice, and check its settings: the error names the one that is missing.',
    check: async () => {
      const response = await env.VOICE.fetch('https://voice/voice/health');
      if (!response.ok) throw new Error(`voice answered ${response.status}`);
    },
  };
}
