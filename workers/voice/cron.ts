import { requestSpeech } from '../../src/campaigns/request-speech.ts';
import { launchScheduled } from '../../src/campaigns/schedule-campaign.ts';
import { resumeImport } from '../../src/contacts/import-lease.ts';
import type { AttemptRef, RunningCampaign } from '../../src/db/platform-db.ts';
import { cancelOutsideWindow } from '../../src/dialing/cancel-outside-window.ts';
import { claimDue, type DialJob } from '../../src/dialing/claim-due.ts';
import { claimFairly, mostWaiting } from '../../src/dialing/claim-fairly.ts';
import { finishIfDone } from '../../src/dialing/finish-campaign.ts';
import { sweepAttempt } from '../../src/dialing/sweep.ts';
import { isDueToAsk, LOOK_AFTER_MS, sweepInbound } from '../../src/inbound/sweep-inbound.ts';
import { sweepTextAttempt } from '../../src/messaging/sweep-text-attempt.ts';
import type { TenantContext } from '../../src/tenants/context.ts';
import { claimTexts } from './claim-texts.ts';
import type { VoiceEnv } from './env.ts';
import { servicesOf, type VoiceServices } from './services.ts';
import { sweepTexts } from './sweep-texts.ts';

/** More than the minute until the next tick, and little more: a backlog grows old. */
const CLAIM_AHEAD_SECONDS = 90;
const SWEEP_LIMIT = 1000;
/** A Worker has six connections open at once; each of these uses one at a time. */
const SWEEP_AT_ONCE = 6;
/** Most messages one sendBatch takes. */
const QUEUE_BATCH = 100;

/** Once a minute: claims due contacts, looks after what was forgotten, ends what is done. */
export async function runCron(env: VoiceEnv): Promise<void> {
  const services = servicesOf(env);
  await apart(services, () => services.databases.operations.beat('voice', services.clock.now()));
  await apart(services, () => launchDue(services, env));
  const running = await services.databases.platform.runningCampaigns();
  const steps: readonly (() => Promise<void>)[] = [
    () => claim(services, env, running),
    () => sweep(services, env),
    () => restartPriming(services, env),
    () => restartImports(services, env),
    () => sweepTexts(services, env),
    () => sweepCallsIn(services),
    () => sweepRecordings(services, env),
    () => forgetExpired(services),
  ];
  for (const step of steps) await apart(services, step);
}

/** Before the claim, so that the first calls go out with this tick. */
async function launchDue(services: VoiceServices, env: VoiceEnv): Promise<void> {
  const due = await services.databases.platform.dueCampaigns(services.clock.now());
  for (const { tenantId, campaignId } of due) {
    await apart(services, async () => {
      const queues = { cancel: env.CANCEL, prime: env.PRIME };
      await launchScheduled(await services.tenant(tenantId), queues, campaignId);
    });
  }
}

/** Once an hour is enough for what counts no more anyway. */
async function forgetExpired({ clock, databases }: VoiceServices): Promise<void> {
  const now = clock.now();
  if (new Date(now).getUTCMinutes() === 0) await databases.platform.forgetExpired(now);
}

/** One tenant's fault must not keep cron from the others. */
async function apart(services: VoiceServices, work: () => Promise<void>): Promise<void> {
  await work().catch((error) =>
    services.log('error', 'cron step failed', { error: String(error) }),
  );
}

/** The campaigns of one account share what it can dial. */
async function claim(
  services: VoiceServices,
  env: VoiceEnv,
  running: readonly RunningCampaign[],
): Promise<void> {
  const campaigns: { ref: RunningCampaign; ctx: TenantContext }[] = [];
  for (const ref of running) {
    await apart(services, async () => {
      campaigns.push({ ref, ctx: await services.tenant(ref.tenantId) });
    });
  }
  for (const { ref, ctx } of campaigns.filter((one) => one.ref.channel === 'sms')) {
    await apart(services, async () => {
      await claimTexts(ctx, env, ref, CLAIM_AHEAD_SECONDS);
      await finishIfDone(ctx, ref.campaignId);
    });
  }
  const calling = campaigns.filter((one) => one.ref.channel === 'voice');
  const byAccount = Map.groupBy(calling, ({ ctx }) => ctx.tenant.carrierAccountSid);
  for (const own of byAccount.values()) {
    await apart(services, () => claimForAccount(services, env, own));
    for (const { ref, ctx } of own) {
      await apart(services, async () => {
        await cancelOutsideWindow(ctx, env.CANCEL, ref.campaignId);
        await finishIfDone(ctx, ref.campaignId);
      });
    }
  }
}

async function claimForAccount(
  services: VoiceServices,
  env: VoiceEnv,
  own: readonly { readonly ref: RunningCampaign; readonly ctx: TenantContext }[],
): Promise<void> {
  const [first] = own;
  if (first === undefined) return;
  const { callsPerSecond } = await services.account(first.ctx);
  const claimants = own.map(({ ref, ctx }) => ({ tenantId: ref.tenantId, ref, ctx }));
  const total = Math.ceil(callsPerSecond * CLAIM_AHEAD_SECONDS);
  const jobs = new Map<string, DialJob[]>();
  await claimFairly(claimants, total, async ({ ref, ctx }, limit) => {
    let waiting = limit;
    await apart(services, async () => {
      const most = Math.min(limit, mostWaiting(ref, CLAIM_AHEAD_SECONDS));
      const claimed = await claimDue(ctx, { campaignId: ref.campaignId, limit: most });
      waiting = claimed.waiting;
      jobs.set(ref.campaignId, [...(jobs.get(ref.campaignId) ?? []), ...claimed.jobs]);
    });
    return waiting;
  });
  await enqueue(env, inTurn([...jobs.values()]));
}

/** One of each, then the next of each: a queue hands out its messages in about their order. */
function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list[i] ?? [])).flat();
}

async function sweep(services: VoiceServices, env: VoiceEnv): Promise<void> {
  const expired = await services.databases.platform.expiredAttempts(
    services.clock.now(),
    SWEEP_LIMIT,
  );
  for (let i = 0; i < expired.length; i += SWEEP_AT_ONCE) {
    const own = expired.slice(i, i + SWEEP_AT_ONCE);
    await Promise.all(own.map((ref) => apart(services, () => sweepOne(services, env, ref))));
  }
}

async function sweepRecordings(services: VoiceServices, env: VoiceEnv): Promise<void> {
  const now = services.clock.now();
  const found = await services.databases.platform.expiredRecordings(now, SWEEP_LIMIT);
  for (const { tenantId, id: recordingId } of found) {
    await apart(services, async () => {
      await env.RECORDINGS.send({ tenantId, recordingId });
    });
  }
}

async function sweepCallsIn(services: VoiceServices): Promise<void> {
  const now = services.clock.now();
  const open = await services.databases.platform.openInboundCalls(now - LOOK_AFTER_MS, SWEEP_LIMIT);
  for (const ref of open.filter((one) => isDueToAsk(one, now))) {
    await apart(services, async () => {
      const ctx = await services.tenant(ref.tenantId);
      const carrier = await services.carrier(await services.account(ctx));
      const session = services.session(ref.tenantId, ref.id);
      await sweepInbound({ carrier, session }, ref, now);
    });
  }
}

async function sweepOne(services: VoiceServices, env: VoiceEnv, ref: AttemptRef): Promise<void> {
  const ctx = await services.tenant(ref.tenantId);
  const account = await services.account(ctx);
  if (ref.channel === 'sms') {
    const carrier = () => services.messages(account);
    const text = await sweepTextAttempt(ctx, { carrier }, ref.id);
    if (text !== null) await env.MESSAGES.send(text);
    return;
  }
  const job = await sweepAttempt(
    ctx,
    {
      carrier: await services.carrier(account),
      session: (callId) => services.session(ref.tenantId, callId),
    },
    ref,
  );
  if (job !== null) await enqueue(env, [job]);
}

async function restartPriming(services: VoiceServices, env: VoiceEnv): Promise<void> {
  const stalled = await services.databases.platform.stalledPriming(services.clock.now());
  for (const ref of stalled) {
    await apart(services, async () => {
      await requestSpeech(await services.tenant(ref.tenantId), env.PRIME, ref.campaignId);
    });
  }
}

async function restartImports(services: VoiceServices, env: VoiceEnv): Promise<void> {
  const stalled = await services.databases.platform.stalledImports(services.clock.now());
  for (const { tenantId, importId } of stalled) {
    await apart(services, async () => {
      await resumeImport(await services.tenant(tenantId), env.IMPORTS, importId);
    });
  }
}

async function enqueue(env: VoiceEnv, jobs: readonly DialJob[]): Promise<void> {
  for (let i = 0; i < jobs.length; i += QUEUE_BATCH) {
    await env.DIAL.sendBatch(jobs.slice(i, i + QUEUE_BATCH).map((body) => ({ body })));
  }
}
