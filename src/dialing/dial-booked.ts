import type { Log } from '../shared/log.ts';
import type { CreateCallResult } from '../telephony/carrier.ts';
import type { TenantContext } from '../tenants/context.ts';
import type { DialJob } from './claim-due.ts';
import { type DialAttemptDeps, type DialResult, dialAttempt } from './dial-attempt.ts';
import type { RequestEnd, StartRequest } from './dial-pacer.object.ts';
import type { ReadyAttempt } from './plan-attempts.ts';
import type { StartGuard } from './start-guard.ts';

export type DialBookedDeps = Omit<DialAttemptDeps, 'mayStart'> & {
  readonly pacer: {
    start(request: StartRequest): Promise<number | null>;
    finish(end: RequestEnd, callsPerSecond: number): Promise<void>;
    release(callIds: readonly string[]): Promise<void>;
  };
  readonly account: { readonly callsPerSecond: number };
  /** Shared by all that start calls of this account in this isolate. */
  readonly guard: StartGuard;
  /** Puts attempts back on the queue. */
  readonly dialLater: (jobs: readonly DialJob[], delaySeconds: number) => Promise<void>;
  readonly pauseCampaign: (campaignId: string, reason: string) => Promise<void>;
  readonly log: Log;
};

/** Work in the background has 30 s; one more POST may take 10 of them. */
const TRY_AGAIN_WITHIN_MS = 10_000;
const TRY_AGAIN_MS = 250;
const TRY_LATER_SECONDS = 10;
/** The database and the pacer may take this long without a slot going by unused. */
const GATE_AHEAD_MS = 250;
/** Far less than the lease of `dialing`: who waits here has passed the gate. */
const START_WITHIN_MS = 3000;
const ASK_START_MS = 100;

/** Times of this consumer's clock, epoch ms. */
type Slot = { readonly bookedAt: number; readonly at: number };

/** Dials a booked attempt in its slot and does what its end asks for. Never rejects. */
export async function dialBooked(
  ctx: TenantContext,
  deps: DialBookedDeps,
  ready: ReadyAttempt,
  delayMs: number,
): Promise<void> {
  const bookedAt = ctx.clock.now();
  await ctx.clock.sleep(Math.max(0, delayMs - GATE_AHEAD_MS));
  const slot = { bookedAt, at: bookedAt + delayMs };
  try {
    await afterDial(ctx, deps, ready, await dialUntilTaken(ctx, deps, ready, slot));
  } catch (error) {
    const { id } = ready.attempt;
    deps.log('error', 'dial failed', { tenantId: ctx.tenant.id, callId: id, error: String(error) });
    // Harmless when it was dialled: its attempt is taken then. The sweeper comes if this fails too.
    await dialLater(ctx, deps, [ready], TRY_LATER_SECONDS).catch(() => undefined);
  }
}

/** A refused request (429) started no call: it tries again in its own slot's stead. */
async function dialUntilTaken(
  ctx: TenantContext,
  deps: DialBookedDeps,
  ready: ReadyAttempt,
  slot: Slot,
): Promise<DialResult> {
  const deadline = slot.at + TRY_AGAIN_WITHIN_MS;
  let at = slot.at;
  for (let pauseMs = TRY_AGAIN_MS; ; pauseMs *= 2) {
    const result = await dialOnce(ctx, deps, ready, { ...slot, at });
    at = ctx.clock.now() + pauseMs;
    if (result.type !== 'again' || at > deadline) return result;
    await ctx.clock.sleep(pauseMs);
  }
}

async function dialOnce(
  ctx: TenantContext,
  deps: DialBookedDeps,
  ready: ReadyAttempt,
  slot: Slot,
): Promise<DialResult> {
  const { callsPerSecond } = deps.account;
  const callId = ready.attempt.id;
  let startedAt: number | null = null;
  let told: Promise<void> = Promise.resolve();
  const mayStart = async () => {
    startedAt = await waitForStart(ctx, deps, callId, slot).catch((error) => {
      const ids = { tenantId: ctx.tenant.id, callId };
      deps.log('error', 'the pacer did not answer', { ...ids, error: String(error) });
      return null;
    });
    return startedAt !== null;
  };
  const createCall: DialAttemptDeps['carrier']['createCall'] = async (input) => {
    const result = await deps.carrier.createCall(input);
    if (result.kind === 'rate_limited' && startedAt !== null) deps.guard.giveBack(startedAt);
    // The pacer's knowledge is not worth a call: it forgets a request that nobody ends.
    told = deps.pacer.finish(endOf(callId, result), callsPerSecond).catch(() => undefined);
    return result;
  };
  const carrier: DialAttemptDeps['carrier'] = {
    createCall,
    updateCall: (sid, update) => deps.carrier.updateCall(sid, update),
  };
  const result = await dialAttempt(ctx, { ...deps, mayStart, carrier }, ready, slot.bookedAt);
  await told;
  return result;
}

function endOf(callId: string, result: CreateCallResult): RequestEnd {
  return {
    callId,
    isRefused: result.kind === 'rate_limited',
    queueTimeMs: result.kind === 'accepted' ? result.queueTimeMs : 0,
  };
}

/**
 * Asks the account's pacer, then, at the very moment of starting, the guard at hand. Answers when it
 * started, null when too many requests are under way.
 */
async function waitForStart(
  ctx: TenantContext,
  deps: DialBookedDeps,
  callId: string,
  slot: Slot,
): Promise<number | null> {
  const { callsPerSecond } = deps.account;
  const deadline = ctx.clock.now() + START_WITHIN_MS;
  for (;;) {
    const inMs = slot.at - ctx.clock.now();
    const waitMs = await deps.pacer.start({ callId, callsPerSecond, inMs });
    if (waitMs !== null) {
      await ctx.clock.sleep(waitMs);
      break;
    }
    if (ctx.clock.now() >= deadline) return null;
    await ctx.clock.sleep(ASK_START_MS);
  }
  for (;;) {
    const now = ctx.clock.now();
    const waitMs = deps.guard.tryStart(now, callsPerSecond);
    if (waitMs === 0) return now;
    await ctx.clock.sleep(waitMs);
  }
}

async function afterDial(
  ctx: TenantContext,
  deps: DialBookedDeps,
  ready: ReadyAttempt,
  result: DialResult,
): Promise<void> {
  if (result.type === 'in_flight') return;
  await deps.pacer.release([ready.attempt.id]);
  if (result.type === 'again') await dialLater(ctx, deps, [ready], TRY_LATER_SECONDS);
  if (result.type === 'account_fault') {
    await deps.pauseCampaign(
      ready.campaign.id,
      `Twilio refused the call with error ${result.errorCode}: ${result.message}`,
    );
  }
}

export async function dialLater(
  ctx: TenantContext,
  deps: Pick<DialBookedDeps, 'dialLater'>,
  attempts: readonly ReadyAttempt[],
  delaySeconds: number,
): Promise<void> {
  if (attempts.length === 0) return;
  const jobs = attempts.map((one) => ({ tenantId: ctx.tenant.id, callId: one.attempt.id }));
  await deps.dialLater(jobs, delaySeconds);
}
