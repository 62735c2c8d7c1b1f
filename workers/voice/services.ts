import { ClipCache } from '../../src/audio/clip-cache.ts';
import { ensureSpeechWith, findSpeechWith } from '../../src/audio/ensure-speech.ts';
import { GoogleToken } from '../../src/audio/google-jwt.ts';
import { GoogleSpeech } from '../../src/audio/google-speech.ts';
import { StoreHealth } from '../../src/audio/store-health.ts';
import { sessionName } from '../../src/calls/session-name.ts';
import { openDatabases, shardBindings } from '../../src/db/databases.ts';
import type { CarrierAccountRow } from '../../src/db/platform-db.ts';
import { StartGuard } from '../../src/dialing/start-guard.ts';
import { InboundDirectory } from '../../src/inbound/directory.ts';
import { FlowCache } from '../../src/scripts/flow-cache.ts';
import { idMaker } from '../../src/shared/ids.ts';
import { consoleLog } from '../../src/shared/log.ts';
import { sealerFrom } from '../../src/shared/seal.ts';
import { steadyObject } from '../../src/shared/steady-object.ts';
import { S3Store } from '../../src/store/s3-store.ts';
import { CallbackUrls } from '../../src/telephony/callback-url.ts';
import { TwilioCarrier } from '../../src/telephony/twilio-carrier.ts';
import { TwilioConferences } from '../../src/telephony/twilio-conferences.ts';
import { TwilioMessages } from '../../src/telephony/twilio-messages.ts';
import { TwilioRecordings } from '../../src/telephony/twilio-recordings.ts';
import { accountOf } from '../../src/tenants/account-of.ts';
import type { TenantContext } from '../../src/tenants/context.ts';
import { contextOf, loadTenant } from '../../src/tenants/load-tenant.ts';
import { systemClock, systemRandom } from '../clock.ts';
import { readSettings, type VoiceEnv } from './env.ts';

/** Twilio's webhooks leave from us-east-1, so a call's session lives in eastern North America. */
const SESSION_LOCATION = 'enam';

/** A Worker has 128 MB; prompts of the campaigns at work fit into an eighth of it. */
const CLIP_CACHE_BYTES = 16 * 1024 * 1024;

/** Called as a method of another object, the platform's fetch would refuse. */
const outside = (request: Request) => fetch(request);

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

export type VoiceServices = ReturnType<typeof makeServices>;

let made: { readonly env: VoiceEnv; readonly services: VoiceServices } | null = null;

/** One set of services an isolate; it holds no tenant's or request's state. */
export function servicesOf(env: VoiceEnv): VoiceServices {
  if (made?.env !== env) made = { env, services: makeServices(env) };
  return made.services;
}

function makeServices(env: VoiceEnv) {
  const settings = readSettings(env);
  const clock = systemClock;
  const databases = openDatabases({
    control: env.CONTROL,
    data: shardBindings(env, 'DATA'),
    events: shardBindings(env, 'EVENTS'),
    clock,
    publish: (tenantId, events) => env.FEEDS.getByName(`t:${tenantId}`).ingest(events),
  });
  const sealer = sealerFrom(settings.encryptionKeys, systemRandom);
  const newId = idMaker(clock.now, systemRandom);
  // Made when speech is: calls whose audio exists must go on with a broken service account.
  const google = once(
    () =>
      new GoogleSpeech({
        baseUrl: settings.googleBaseUrl,
        token: new GoogleToken(settings.googleServiceAccount, clock.now),
        fetch: outside,
      }),
  );
  const store = new S3Store({
    endpoint: settings.s3Endpoint,
    accessKeyId: settings.s3AccessKeyId,
    secretAccessKey: settings.s3SecretAccessKey,
    fetch: outside,
    clock,
    random: Math.random,
    fixedLength: (bytes) => new FixedLengthStream(bytes),
  });
  const startGuards = new Map<string, StartGuard>();
  const clips = new ClipCache(CLIP_CACHE_BYTES);
  const health = new StoreHealth(clock);
  const flows = new FlowCache();
  const findSpeech = (ctx: TenantContext) => findSpeechWith(ctx.db, settings.audioSecret);
  return {
    urls: new CallbackUrls(settings.publicBaseUrl),
    cancels: env.CANCEL,
    texts: env.MESSAGES,
    copies: env.RECORDINGS,
    webhooks: env.WEBHOOKS,
    settings,
    clock,
    log: consoleLog,
    newId,
    sealer,
    databases,
    store,
    clips,
    health,
    flows,
    findSpeech,
    outside,
    directory: new InboundDirectory({
      clock,
      sealer,
      platform: databases.platform,
      flows,
      findSpeech,
      requestSpeech: (job) => {
        env.PRIME.send(job).catch((error) =>
          consoleLog('error', 'speech not asked for', { error: String(error) }),
        );
      },
      tenant: (row) => contextOf({ databases, clock, newId }, row),
    }),
    session: (tenantId: string, callId: string) => {
      const name = sessionName(tenantId, callId);
      return steadyObject(
        () => env.CALL_SESSIONS.getByName(name, { locationHint: SESSION_LOCATION }),
        clock,
      );
    },
    startGuard: (accountSid: string) => {
      const guard = startGuards.get(accountSid) ?? new StartGuard();
      startGuards.set(accountSid, guard);
      return guard;
    },
    pacer: (accountSid: string) => steadyObject(() => env.DIAL_PACERS.getByName(accountSid), clock),
    tenant: (tenantId: string) => loadTenant({ databases, clock, newId }, tenantId),
    account: (ctx: TenantContext) => accountOf(databases.platform, ctx),
    carrier: async (account: CarrierAccountRow) =>
      new TwilioCarrier({
        baseUrl: settings.twilioBaseUrl,
        accountSid: account.sid,
        authToken: await sealer.open(account.tokenSealed),
        fetch: outside,
      }),
    desk: (tenantId: string) =>
      steadyObject(() => env.AGENT_DESKS.getByName(`t:${tenantId}`), clock),
    conferences: async (account: CarrierAccountRow) =>
      new TwilioConferences({
        baseUrl: settings.twilioBaseUrl,
        accountSid: account.sid,
        authToken: await sealer.open(account.tokenSealed),
        fetch: outside,
      }),
    recordings: async (account: CarrierAccountRow) =>
      new TwilioRecordings({
        baseUrl: settings.twilioBaseUrl,
        accountSid: account.sid,
        authToken: await sealer.open(account.tokenSealed),
        fetch: outside,
      }),
    messages: async (account: CarrierAccountRow) =>
      new TwilioMessages({
        baseUrl: settings.twilioBaseUrl,
        accountSid: account.sid,
        authToken: await sealer.open(account.tokenSealed),
        fetch: outside,
      }),
    ensureSpeech: (ctx: TenantContext) =>
      ensureSpeechWith(ctx.db, {
        audioSecret: settings.audioSecret,
        speech: { synthesize: async (request) => google().synthesize(request) },
        pacer: steadyObject(() => env.SPEECH_PACERS.getByName('google'), clock),
        store,
        clips,
        clock,
        random: Math.random,
      }),
  };
}
