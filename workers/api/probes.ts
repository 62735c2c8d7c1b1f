import type { DeadLetterDb } from '../../src/db/dead-letter-db.ts';
import type { OperationsDb } from '../../src/db/operations-db.ts';
import type { PlatformDb } from '../../src/db/platform-db.ts';
import { databaseProbes, type Probe } from '../../src/health/checks.ts';
import type { TimedProbe } from '../../src/health/timed-probes.ts';
import type { Clock } from '../../src/shared/clock.ts';
import type { ObjectStore } from '../../src/store/store.ts';
import type { NumberInventory, NumberWebhooks } from '../../src/telephony/numbers.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const MOST_ACCOUNTS = 20;
/** Cron ticks once a minute; two may be late before anybody is called. */
const CRON_LATE_MS = 3 * MINUTE_MS;
const BACKLOG_MS = 5 * MINUTE_MS;
const FALLBACK_SHARE = 0.05;

export type ProbeDeps = {
  readonly clock: Clock;
  readonly databases: Readonly<Record<string, D1Database>>;
  readonly platform: PlatformDb;
  readonly operations: OperationsDb;
  readonly letters: DeadLetterDb;
  readonly store: ObjectStore;
  readonly inventory: (accountSid: string) => Promise<NumberInventory>;
  readonly webhooks: NumberWebhooks;
  /** Asks a Durable Object of each kind that this Worker reaches. */
  readonly objects: () => Promise<unknown>;
  readonly voice: Probe;
};

/** The table of product.md and what stands behind it, asked one by one. */
export function systemProbes(deps: ProbeDeps): TimedProbe[] {
  const reached = [...databaseProbes(deps.databases), deps.voice].map((probe) => ({
    ...probe,
    check: async () => {
      await probe.check();
      return null;
    },
  }));
  return [
    ...reached,
    {
      name: 'Durable Objects',
      cause: 'Live calls and the feed have nowhere to be.',
      remedy: 'Check the Durable Object bindings and migrations of both Workers.',
      check: async () => {
        await deps.objects();
        return null;
      },
    },
    {
      name: 'object store',
      cause: 'Audio is spoken by Twilio instead, and recordings have no URL.',
      remedy: 'Check S3_ENDPOINT, both S3 keys, and that the bucket lets them read and write.',
      check: async () => {
        await deps.store.head('health/probe');
        return null;
      },
    },
    cronProbe(deps, 'voice', 'Nothing is dialled, and nothing forgotten is looked after.'),
    cronProbe(deps, 'api', 'No alert is raised, and no call gets its real price.'),
    queueProbe(deps),
    deadLetterProbe(deps),
    speechProbe(deps),
    recordingProbe(deps),
    twilioProbe(deps),
  ];
}

function cronProbe(deps: ProbeDeps, worker: 'voice' | 'api', cause: string): TimedProbe {
  return {
    name: `cron of workers/${worker}`,
    cause,
    remedy: `Check the cron trigger of workers/${worker} in its wrangler.toml, and its log.`,
    check: async () => {
      const at = await deps.operations.lastBeat(worker);
      if (at === null) return { isHealthy: false, detail: 'it has never ticked' };
      const age = deps.clock.now() - at;
      return {
        isHealthy: age < CRON_LATE_MS,
        detail: `last tick ${Math.round(age / 1000)} s ago`,
      };
    },
  };
}

function queueProbe(deps: ProbeDeps): TimedProbe {
  return {
    name: 'queues',
    cause: 'Work lies in the queues and is not done: calls start late or end late.',
    remedy: 'Read the log of workers/voice for "queue work failed", and the dead letters.',
    check: async () => {
      const before = deps.clock.now() - BACKLOG_MS;
      const waiting = await deps.platform.expiredAttempts(before, 1);
      const isHealthy = waiting.length === 0;
      return {
        isHealthy,
        detail: isHealthy ? 'no backlog' : 'attempts have waited for more than 5 minutes',
      };
    },
  };
}

function deadLetterProbe(deps: ProbeDeps): TimedProbe {
  return {
    name: 'dead letters',
    cause: 'Queues gave up on messages: what they were to do was not done.',
    remedy: 'Read GET /system/dead-letters, mend the cause, then replay or discard them.',
    check: async () => {
      const waiting = await deps.letters.waiting();
      const detail = waiting.map(({ queue, count }) => `${queue}: ${count}`).join(', ');
      return { isHealthy: waiting.length === 0, detail: detail === '' ? 'none wait' : detail };
    },
  };
}

function speechProbe(deps: ProbeDeps): TimedProbe {
  return {
    name: 'Google speech',
    cause: 'The voice sounds robotic: Google speech failed and Twilio took over.',
    remedy: "Check the Google service account's secret, that the API is enabled, and its quota.",
    check: async () => {
      const { fallback, finished } = await deps.platform.recentFallback(deps.clock.now() - HOUR_MS);
      return {
        isHealthy: finished === 0 || fallback / finished < FALLBACK_SHARE,
        detail: `${fallback} of ${finished} calls of the last hour`,
      };
    },
  };
}

function recordingProbe(deps: ProbeDeps): TimedProbe {
  return {
    name: 'recordings',
    cause: 'Recordings have no URL: they could not be kept.',
    remedy: "Check the bucket's permission and CORS, then retry the copy.",
    check: async () => {
      const failed = await deps.platform.failedRecordings(deps.clock.now() - 24 * HOUR_MS);
      return { isHealthy: failed === 0, detail: `${failed} failed in the last day` };
    },
  };
}

/** Credentials of each account, whose numbers are ours, and whether Twilio asks us about them. */
function twilioProbe(deps: ProbeDeps): TimedProbe {
  return {
    name: 'Twilio',
    cause: 'Calls cannot start, or calls that come in get a busy signal.',
    remedy:
      'Check the token of the account that is named; give each number to a tenant, in E.164, and repair its webhooks.',
    check: async () => {
      const accounts = (await deps.platform.carrierAccounts()).slice(0, MOST_ACCOUNTS);
      const found = await Promise.all(accounts.map(({ sid }) => accountFaults(deps, sid)));
      const faults = found.flat();
      return {
        isHealthy: faults.length === 0,
        detail: faults.length === 0 ? `${accounts.length} accounts` : faults.join('; '),
      };
    },
  };
}

async function accountFaults(deps: ProbeDeps, sid: string): Promise<string[]> {
  const numbers = await deps
    .inventory(sid)
    .then((inventory) => inventory.list())
    .catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  if (typeof numbers === 'string') return [`${sid}: ${numbers}`];
  const owners = await deps.platform.tenantsOfNumbers(numbers.map(({ e164 }) => e164));
  return numbers.flatMap((number) => {
    if (!owners.has(number.e164)) return [`${number.e164} is mapped to no tenant`];
    const isRight = Object.entries(deps.webhooks).every(
      ([name, url]) => Reflect.get(number, name) === url,
    );
    return isRight ? [] : [`the webhooks of ${number.e164} are not ours`];
  });
}
