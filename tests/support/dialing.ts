import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { applyReport } from '../../src/calls/apply-report.ts';
import { SessionStore } from '../../src/calls/session-store.ts';
import { setCampaignState } from '../../src/campaigns/set-state.ts';
import { claimDue, type DialJob } from '../../src/dialing/claim-due.ts';
import { type DialBatchDeps, dialBatch } from '../../src/dialing/dial-batch.ts';
import { readyAttempts } from '../../src/dialing/ready-attempts.ts';
import { settleAttempt } from '../../src/dialing/settle-attempt.ts';
import { StartGuard } from '../../src/dialing/start-guard.ts';
import { FlowCache } from '../../src/scripts/flow-cache.ts';
import { CallbackUrls } from '../../src/telephony/callback-url.ts';
import { TwilioCarrier } from '../../src/telephony/twilio-carrier.ts';
import type { TenantContext } from '../../src/tenants/context.ts';
import type { CallSession, DialPacer } from '../../workers/voice/objects.ts';
import { newCampaign } from './campaign.ts';
import { sessionOf } from './session.ts';
import { type PlayedSpeech, playSpeech } from './speech.ts';
import { AUTH_TOKEN, manualClock, newTenant, testCancels, testSealer } from './tenant.ts';

const dialEnv = env as unknown as { readonly DIAL_PACERS: DurableObjectNamespace<DialPacer> };

export const sidOf = (n: number) => `CA${n.toString(16).padStart(32, '0')}`;

/** A call as Twilio's REST API shows it. */
export function callJson(fields: Record<string, unknown> = {}) {
  return {
    sid: sidOf(1),
    to: '+12125550001',
    from: '+12125550199',
    status: 'queued',
    direction: 'outbound-api',
    date_created: null,
    start_time: null,
    end_time: null,
    duration: null,
    price: null,
    price_unit: 'USD',
    queue_time: '0',
    ...fields,
  };
}

export function twilioError(status: number, code: number, message: string): Response {
  return Response.json({ code, message, status }, { status });
}

export type Twilio = {
  /** Answers a POST; a new call each unless a test changes it. */
  create: (form: URLSearchParams) => Response | Promise<Response>;
  /** Answers a GET of calls or of one call. */
  read: (url: URL) => Response | Promise<Response>;
  /** Answers a POST to one call; it is canceled unless a test changes it. */
  update: (sid: string) => Response;
  /** The calls that were asked to end, and how. */
  readonly updates: { readonly sid: string; readonly status: string | null }[];
  /** Every POST of a new call that arrived. */
  readonly posts: URLSearchParams[];
  readonly carrier: TwilioCarrier;
};

/** Twilio as one account sees it. */
export function playTwilio(ctx: TenantContext): Twilio {
  const posts: URLSearchParams[] = [];
  const twilio: Twilio = {
    create: (form) =>
      Response.json(callJson({ sid: sidOf(posts.length), to: form.get('To') }), { status: 201 }),
    read: () => Response.json({ calls: [] }),
    update: (sid) => Response.json(callJson({ sid, status: 'canceled' })),
    updates: [],
    posts,
    carrier: new TwilioCarrier({
      accountSid: ctx.tenant.carrierAccountSid,
      authToken: AUTH_TOKEN,
      baseUrl: 'https://twilio.test',
      fetch: async (request) => {
        if (request.method === 'GET') return twilio.read(new URL(request.url));
        const form = new URLSearchParams(new TextDecoder().decode(await request.arrayBuffer()));
        const sid = /\/Calls\/(CA\w+)\.json$/.exec(new URL(request.url).pathname)?.[1];
        if (sid !== undefined) {
          twilio.updates.push({ sid, status: form.get('Status') });
          return twilio.update(sid);
        }
        posts.push(form);
        return twilio.create(form);
      },
    }),
  };
  return twilio;
}

export type Dialler = {
  readonly twilio: Twilio;
  readonly speech: PlayedSpeech;
  readonly pacer: DurableObjectStub<DialPacer>;
  /** What was put back on the queue. */
  readonly later: { readonly jobs: readonly DialJob[]; readonly delaySeconds: number }[];
  readonly deps: DialBatchDeps;
  readonly claim: (campaignId: string) => Promise<string[]>;
  /** Books and sees all dials through. */
  readonly dial: (
    callIds: readonly string[],
    changed?: Partial<DialBatchDeps>,
    as?: TenantContext,
  ) => Promise<void>;
};

/** The dial consumer's wiring with real objects and databases. */
export async function newDialler(
  ctx: TenantContext,
  options: { readonly callsPerSecond?: number; readonly maxConcurrentCalls?: number } = {},
): Promise<Dialler> {
  const { callsPerSecond = 10, maxConcurrentCalls = 100 } = options;
  const twilio = playTwilio(ctx);
  const speech = playSpeech(ctx);
  const sid = ctx.tenant.carrierAccountSid;
  const account = {
    sid,
    tokenSealed: await testSealer.seal(AUTH_TOKEN),
    callsPerSecond,
    maxConcurrentCalls,
  };
  const pacer = dialEnv.DIAL_PACERS.getByName(sid);
  const session = (callId: string) => sessionOf({ tenantId: ctx.tenant.id, callId });
  const flows = new FlowCache();
  const later: { jobs: readonly DialJob[]; delaySeconds: number }[] = [];
  const behind: Promise<void>[] = [];
  const deps: DialBatchDeps = {
    account,
    background: (work) => behind.push(work),
    log: () => undefined,
    carrier: twilio.carrier,
    urls: new CallbackUrls('https://voice.test'),
    pacer,
    guard: new StartGuard(),
    session,
    prepare: (ids) =>
      readyAttempts(ctx, { flows, ensureSpeech: speech.ensureSpeech, account, session }, ids),
    dialLater: async (jobs, delaySeconds) => {
      later.push({ jobs, delaySeconds });
    },
    pauseCampaign: async (campaignId, reason) => {
      await setCampaignState(ctx, testCancels, { campaignId, state: 'paused', reason });
    },
  };
  return {
    twilio,
    speech,
    pacer,
    later,
    deps,
    claim: async (campaignId) =>
      (await claimDue(ctx, { campaignId, limit: 1000 })).jobs.map((job) => job.callId),
    dial: async (callIds, changed = {}, as = ctx) => {
      const booked = dialBatch(as, { ...deps, ...changed }, callIds);
      await booked.catch(() => undefined);
      await Promise.all(behind);
      return booked;
    },
  };
}

/** What a session would tell the ledger now; null when the ledger knows all of it. */
export function reportOf(ctx: TenantContext, callId: string) {
  const session = sessionOf({ tenantId: ctx.tenant.id, callId });
  return runInDurableObject(session, (_: CallSession, state) => {
    const store = new SessionStore(state.storage.sql);
    const setup = store.setup();
    return setup === null ? null : store.report(setup);
  });
}

/** The ledger's work. The Worker's own consumer may have been first, which changes nothing. */
export async function settleReport(ctx: TenantContext, callId: string): Promise<void> {
  const report = await reportOf(ctx, callId);
  if (report === null) return;
  await applyReport(ctx.db, ctx.events, report, ctx.clock.now());
  if (report.call.endedAt !== null) await settleAttempt(ctx, report);
}

/** One claimed attempt and all that may dial it. */
export async function oneClaimed(
  options: {
    readonly tenant?: Parameters<typeof newTenant>[0];
    readonly campaign?: Parameters<typeof newCampaign>[1];
    readonly maxConcurrentCalls?: number;
  } = {},
) {
  const clock = manualClock();
  const ctx = await newTenant({ clock, ...options.tenant });
  const own = await newCampaign(ctx, options.campaign);
  const { maxConcurrentCalls = 100 } = options;
  const dialler = await newDialler(ctx, { maxConcurrentCalls });
  const [callId = ''] = await dialler.claim(own.id);
  return { ctx, clock, campaignId: own.id, callId, ...dialler };
}
