import { sessionName } from '../../src/calls/session-name.ts';
import { openDatabases, shardBindings } from '../../src/db/databases.ts';
import type { CarrierAccountRow, TenantRow } from '../../src/db/platform-db.ts';
import { databaseProbes, type Probe, runProbes } from '../../src/health/checks.ts';
import { runTimedProbes } from '../../src/health/timed-probes.ts';
import type { ApiDeps } from '../../src/http/api/context.ts';
import { makeAuth } from '../../src/identity/auth.ts';
import { LogMailer, type Mailer, ResendMailer } from '../../src/identity/mail.ts';
import { FlowCache } from '../../src/scripts/flow-cache.ts';
import { DestinyError } from '../../src/shared/errors.ts';
import { idMaker } from '../../src/shared/ids.ts';
import { consoleLog } from '../../src/shared/log.ts';
import { sealerFrom } from '../../src/shared/seal.ts';
import { steadyObject } from '../../src/shared/steady-object.ts';
import { S3Store } from '../../src/store/s3-store.ts';
import { CallbackUrls } from '../../src/telephony/callback-url.ts';
import { TwilioCarrier } from '../../src/telephony/twilio-carrier.ts';
import { TwilioConferences } from '../../src/telephony/twilio-conferences.ts';
import { TwilioNumbers } from '../../src/telephony/twilio-numbers.ts';
import { TwilioSoftphone } from '../../src/telephony/twilio-softphone.ts';
import { accountOf } from '../../src/tenants/account-of.ts';
import type { TenantContext } from '../../src/tenants/context.ts';
import { contextOf, loadTenant } from '../../src/tenants/load-tenant.ts';
import { systemClock, systemRandom } from '../clock.ts';
import type { WebhookConsumerDeps } from './consumers/webhooks.ts';
import { type ApiEnv, readSettings } from './env.ts';
import { systemProbes } from './probes.ts';
import { queuesOf } from './queues.ts';

/** Called as a method of another object, the platform's fetch would refuse. */
const outside = (request: Request) => fetch(request);

/** What the REST routes need, from the bindings of one isolate. */
export function apiDeps(env: ApiEnv): ApiDeps {
  const settings = readSettings(env);
  const data = shardBindings(env, 'DATA');
  const events = shardBindings(env, 'EVENTS');
  const feed = (tenantId: string) => env.FEEDS.getByName(`t:${tenantId}`);
  const databases = openDatabases({
    ...{ control: env.CONTROL, data, events, clock: systemClock },
    publish: (tenantId, added) => feed(tenantId).ingest(added),
  });
  const clock = systemClock;
  const newId = idMaker(clock.now, systemRandom);
  const flows = new FlowCache();
  const named = namedDatabases(env.CONTROL, data, events);
  const probes = [...databaseProbes(named), voiceProbe(env)];
  const sealer = sealerFrom(settings.encryptionKeys, systemRandom);
  const urls = new CallbackUrls(settings.publicBaseUrl);
  const webhooks = {
    voiceUrl: urls.inbound('call'),
    voiceFallbackUrl: urls.inbound('fallback'),
    statusCallback: urls.inbound('status'),
    smsUrl: urls.text(),
  };
  const inventory = async (accountSid: string) => {
    const account = await databases.platform.carrierAccountBySid(accountSid);
    if (account === null) {
      throw new DestinyError('not_found', `There is no carrier account ${accountSid}.`);
    }
    return new TwilioNumbers(await twilioOf(account));
  };
  const twilioOf = async ({ sid: accountSid, tokenSealed }: CarrierAccountRow) => ({
    ...{ baseUrl: settings.twilioBaseUrl, accountSid, fetch: outside },
    authToken: await sealer.open(tokenSealed),
  });
  const desk = (tenantId: string) => env.AGENT_DESKS.getByName(`t:${tenantId}`);
  const store = storeOf(settings);
  const letters = databases.deadLetters;
  const systemHealth = systemProbes({
    ...{ clock, databases: named, letters, store, inventory, webhooks },
    platform: databases.platform,
    operations: databases.operations,
    objects: () => env.RATE_LIMITERS.getByName('health').take(settings.requestsPerMinute),
    voice: voiceProbe(env),
  });
  const mailer = mailerOf(settings);
  const { authSecret: secret, appUrl, setupToken, requestsPerMinute } = settings;
  return {
    identity: {
      auth: makeAuth({ control: env.CONTROL, secret, appUrl, mailer }),
      people: databases.people,
      ...{ mailer, appUrl, clock, newId, random: systemRandom },
      setupToken: setupToken === 'none' ? null : setupToken,
    },
    controlDb: databases.controlDb,
    platform: {
      platform: databases.platform,
      sealer,
      clock,
      newId,
    },
    tenant: (tenantId) => loadTenant({ databases, clock, newId }, tenantId),
    prime: env.PRIME,
    dial: env.DIAL,
    imports: env.IMPORTS,
    store,
    erasure: { store, flows, audioSecret: settings.audioSecret },
    cancel: env.CANCEL,
    messages: env.MESSAGES,
    feed,
    progress: (ctx) => ({
      flows,
      account: () => accountOf(databases.platform, ctx),
      speechRequestsPerMinute: settings.speechRequestsPerMinute,
    }),
    recordings: { queue: env.RECORDINGS, linkSecret: secret, baseUrl: appUrl },
    agents: {
      desk,
      session: (tenantId, callId) =>
        steadyObject(() => env.CALL_SESSIONS.getByName(sessionName(tenantId, callId)), clock),
      softphone: async (tenant) => {
        const account = await accountOf(databases.platform, tenant);
        const keys = new TwilioSoftphone(await twilioOf(account));
        return { account, platform: databases.platform, sealer, keys, voiceUrl: urls.agent() };
      },
      steer: async (tenant) => {
        const account = await accountOf(databases.platform, tenant);
        const rooms = new TwilioConferences(await twilioOf(account));
        const pacer = steadyObject(() => env.DIAL_PACERS.getByName(account.sid), clock);
        return { tenant, account, desk: desk(tenant.tenant.id), rooms, pacer, urls };
      },
      carrierUrl: settings.twilioBaseUrl,
    },
    numbers: async (tenant) => {
      const account = await accountOf(databases.platform, tenant);
      return { tenant, account, inventory: await inventory(account.sid), webhooks };
    },
    inventory,
    health: () => runProbes(probes),
    systemHealth: () => runTimedProbes(clock, systemHealth),
    deadLetters: { letters, clock, queues: queuesOf(env) },
    moves: { moves: databases.moves, platform: databases.platform, clock, newId },
    webhooks: {
      ...{ sealer, random: systemRandom, queue: env.WEBHOOKS },
      allowsPrivate: settings.allowsPrivateWebhooks,
    },
    takeRequest: (actor) => env.RATE_LIMITERS.getByName(actor).take(requestsPerMinute),
    log: consoleLog,
  };
}

/** What delivering webhooks needs besides. */
export function webhookDeps(env: ApiEnv, deps: ApiDeps): WebhookConsumerDeps {
  return {
    ...{ fetch: outside, clock: systemClock, random: Math.random, log: consoleLog },
    ...{ sealer: deps.platform.sealer, tenant: deps.tenant, queue: env.WEBHOOKS },
    allowsPrivate: deps.webhooks.allowsPrivate,
    limitMs: readSettings(env).webhookTimeoutMs,
  };
}

export type CronDeps = ReturnType<typeof cronDeps>;

/** What cron needs; made once a tick. */
export function cronDeps(env: ApiEnv) {
  const settings = readSettings(env);
  const databases = openDatabases({
    control: env.CONTROL,
    data: shardBindings(env, 'DATA'),
    events: shardBindings(env, 'EVENTS'),
    clock: systemClock,
  });
  const clock = systemClock;
  const newId = idMaker(clock.now, systemRandom);
  const sealer = sealerFrom(settings.encryptionKeys, systemRandom);
  return {
    ...{ clock, newId, log: consoleLog },
    operations: databases.operations,
    letters: databases.deadLetters,
    platform: { platform: databases.platform },
    moves: {
      ...{ moves: databases.moves, platform: databases.platform, clock, newId, log: consoleLog },
      dataShard: databases.dataShard,
      graceMs: settings.moveGraceSeconds * 1000,
    },
    webhooks: env.WEBHOOKS,
    store: storeOf(settings),
    feed: (tenantId: string) => env.FEEDS.getByName(`t:${tenantId}`),
    tenant: (tenantId: string) => loadTenant({ databases, clock, newId }, tenantId),
    tenantOf: (row: TenantRow) => contextOf({ databases, clock, newId }, row),
    carrier: async (ctx: TenantContext) => {
      const account = await accountOf(databases.platform, ctx);
      return new TwilioCarrier({
        baseUrl: settings.twilioBaseUrl,
        accountSid: account.sid,
        authToken: await sealer.open(account.tokenSealed),
        fetch: outside,
      });
    },
  };
}

function storeOf(settings: ReturnType<typeof readSettings>): S3Store {
  return new S3Store({
    endpoint: settings.s3Endpoint,
    accessKeyId: settings.s3AccessKeyId,
    secretAccessKey: settings.s3SecretAccessKey,
    fetch: outside,
    fixedLength: (bytes) => new FixedLengthStream(bytes),
    clock: systemClock,
    random: Math.random,
  });
}

function mailerOf(settings: ReturnType<typeof readSettings>): Mailer {
  const { resendApiKey: apiKey, resendBaseUrl: baseUrl, mailFrom: from } = settings;
  if (apiKey === 'none') return new LogMailer(consoleLog);
  return new ResendMailer({ apiKey, baseUrl, from, fetch: outside });
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
