import type { TenantContext } from '../tenants/context.ts';
import type { DialJob } from './claim-due.ts';
import { type DialAttemptDeps, type DialResult, dialAttempt } from './dial-attempt.ts';
import type { PaceAnswer, PaceRequest } from './dial-pacer.object.ts';
import { PLACE_LEASE_MS } from './leases.ts';
import type { ReadyAttempt } from './plan-attempts.ts';
import type { StartGuard } from './start-guard.ts';

export type DialBatchDeps = Omit<DialAttemptDeps, 'mayStart'> & {
  readonly pacer: {
    reserve(request: PaceRequest): Promise<PaceAnswer>;
    start(callsPerSecond: number): Promise<number>;
    release(callIds: readonly string[]): Promise<void>;
  };
  readonly account: { readonly callsPerSecond: number; readonly maxConcurrentCalls: number };
  /** Shared by all that start calls of this account in this isolate. */
  readonly guard: StartGuard;
  /** Snapshot, speech and session of the attempts that still wait; the others are left out. */
  readonly prepare: (callIds: readonly string[]) => Promise<readonly ReadyAttempt[]>;
  /** Puts attempts back on the queue. */
  readonly dialLater: (jobs: readonly DialJob[], delaySeconds: number) => Promise<void>;
  readonly pauseCampaign: (campaignId: string, reason: string) => Promise<void>;
};

/** architecture.md: a reservation is at most two seconds' worth. */
const RESERVE_SECONDS = 2;
/** The next slots are reserved this long before the last one passes, so that none stays empty. */
const RESERVE_AHEAD_MS = 500;
const NO_PLACE_DELAY_SECONDS = 2;
const RATE_LIMITED_DELAY_SECONDS = 1;

/**
 * Dials one tenant's attempts in their order. Work is laid in a pipe: while one chunk waits for its
 * slots the next is prepared, and answers of the carrier are not waited for before the next dial.
 */
export async function dialBatch(
  ctx: TenantContext,
  deps: DialBatchDeps,
  callIds: readonly string[],
): Promise<void> {
  const chunks = chunksOf(
    callIds,
    Math.max(1, Math.ceil(deps.account.callsPerSecond * RESERVE_SECONDS)),
  );
  const dials: Promise<void>[] = [];
  try {
    await dialChunks(ctx, deps, chunks, dials);
  } finally {
    // A queue's invocation ends with its handler, and would cut off a POST without an answer.
    await Promise.allSettled(dials);
  }
  await Promise.all(dials);
}

async function dialChunks(
  ctx: TenantContext,
  deps: DialBatchDeps,
  chunks: readonly (readonly string[])[],
  dials: Promise<void>[],
): Promise<void> {
  let preparing = prepareChunk(deps, chunks[0]);
  for (let i = 0; i < chunks.length; i++) {
    const ready = await preparing;
    preparing = prepareChunk(deps, chunks[i + 1]);
    const lastDelayMs = await dialChunk(ctx, deps, ready, dials);
    await ctx.clock.sleep(Math.max(0, lastDelayMs - RESERVE_AHEAD_MS));
  }
}

/** A rejection is handled where it is awaited, one chunk later. */
function prepareChunk(
  deps: DialBatchDeps,
  callIds: readonly string[] | undefined,
): Promise<readonly ReadyAttempt[]> {
  if (callIds === undefined) return Promise.resolve([]);
  const prepared = deps.prepare(callIds);
  prepared.catch(() => undefined);
  return prepared;
}

/** Starts the chunk's dials, each after its delay; answers the longest delay. */
async function dialChunk(
  ctx: TenantContext,
  deps: DialBatchDeps,
  ready: readonly ReadyAttempt[],
  dials: Promise<void>[],
): Promise<number> {
  let lastDelayMs = 0;
  for (const [campaignId, own] of Map.groupBy(ready, (one) => one.campaign.id)) {
    const { delaysMs } = await deps.pacer.reserve({
      tenantId: ctx.tenant.id,
      campaignId,
      callIds: own.map((one) => one.attempt.id),
      callsPerSecond: deps.account.callsPerSecond,
      maxConcurrentCalls: deps.account.maxConcurrentCalls,
      leaseMs: PLACE_LEASE_MS,
    });
    const placed = own.flatMap((one, i) => {
      const delayMs = delaysMs[i];
      return typeof delayMs === 'number' ? [{ one, delayMs }] : [];
    });
    const unplaced = own.filter((_, i) => typeof delaysMs[i] !== 'number');
    await dialLater(ctx, deps, unplaced, NO_PLACE_DELAY_SECONDS);
    for (const { one, delayMs } of placed) {
      lastDelayMs = Math.max(lastDelayMs, delayMs);
      dials.push(dialAfter(ctx, deps, one, delayMs));
    }
  }
  return lastDelayMs;
}

async function dialAfter(
  ctx: TenantContext,
  deps: DialBatchDeps,
  ready: ReadyAttempt,
  delayMs: number,
): Promise<void> {
  const reservedAt = ctx.clock.now();
  await ctx.clock.sleep(delayMs);
  const mayStart = () => waitForStart(ctx, deps);
  await afterDial(
    ctx,
    deps,
    ready,
    await dialAttempt(ctx, { ...deps, mayStart }, ready, reservedAt),
  );
}

/** Asks the account's pacer, then, at the very moment of starting, the guard at hand. */
async function waitForStart(ctx: TenantContext, deps: DialBatchDeps): Promise<void> {
  const { callsPerSecond } = deps.account;
  await ctx.clock.sleep(await deps.pacer.start(callsPerSecond));
  for (;;) {
    const waitMs = deps.guard.tryStart(ctx.clock.now(), callsPerSecond);
    if (waitMs === 0) return;
    await ctx.clock.sleep(waitMs);
  }
}

async function afterDial(
  ctx: TenantContext,
  deps: DialBatchDeps,
  ready: ReadyAttempt,
  result: DialResult,
): Promise<void> {
  if (result.type === 'in_flight') return;
  await deps.pacer.release([ready.attempt.id]);
  if (result.type === 'again') {
    await dialLater(ctx, deps, [ready], RATE_LIMITED_DELAY_SECONDS);
  }
  if (result.type === 'account_fault') {
    await deps.pauseCampaign(
      ready.campaign.id,
      `Twilio refused the call with error ${result.errorCode}: ${result.message}`,
    );
  }
}

async function dialLater(
  ctx: TenantContext,
  deps: DialBatchDeps,
  attempts: readonly ReadyAttempt[],
  delaySeconds: number,
): Promise<void> {
  if (attempts.length === 0) return;
  const jobs = attempts.map((one) => ({ tenantId: ctx.tenant.id, callId: one.attempt.id }));
  await deps.dialLater(jobs, delaySeconds);
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let i = 0; i < items.length; i += size) chunks.push(items.slice(i, i + size));
  return chunks;
}
