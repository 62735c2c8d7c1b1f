import type { TenantContext } from '../tenants/context.ts';
import { type DialBookedDeps, dialBooked, dialLater } from './dial-booked.ts';
import type { OwnLimits, PaceAnswer, PaceRequest } from './dial-pacer.object.ts';
import { inboundReserve, PLACE_LEASE_MS } from './leases.ts';
import type { ReadyAttempt } from './plan-attempts.ts';

export type DialBatchDeps = DialBookedDeps & {
  readonly pacer: { reserve(request: PaceRequest): Promise<PaceAnswer> };
  readonly account: { readonly maxConcurrentCalls: number };
  /** Snapshot, speech and session of the attempts that still wait; the others are left out. */
  readonly prepare: (callIds: readonly string[]) => Promise<readonly ReadyAttempt[]>;
  /** Keeps work going that nobody waits for; it never rejects. */
  readonly background: (work: Promise<void>) => void;
};

/** So much is prepared at a time: all of a batch at once would hold up the calls under way. */
const PREPARE_SECONDS = 1;
const NO_PLACE_DELAY_SECONDS = 2;

/**
 * Books a slot for each of one tenant's attempts; each is dialled in its slot, in the background.
 * Work is laid in a pipe: the next attempts are prepared while these wait for their turn, and the
 * batch is done when its last slot is booked, so that the next one can be fetched.
 */
export async function dialBatch(
  ctx: TenantContext,
  deps: DialBatchDeps,
  callIds: readonly string[],
): Promise<void> {
  const size = Math.max(1, Math.ceil(deps.account.callsPerSecond * PREPARE_SECONDS));
  const chunks = chunksOf(callIds, size);
  let preparing = prepareNext(deps, chunks);
  let waiting: readonly ReadyAttempt[] = [];
  while (waiting.length > 0 || preparing !== null) {
    if (waiting.length < size && preparing !== null) {
      waiting = [...waiting, ...(await preparing)];
      preparing = prepareNext(deps, chunks);
    }
    const { left, askAgainMs } = await book(ctx, deps, waiting);
    waiting = left;
    if (left.length > 0) await ctx.clock.sleep(askAgainMs);
  }
}

/** A rejection is handled where it is awaited, one round later. */
function prepareNext(
  deps: DialBatchDeps,
  chunks: string[][],
): Promise<readonly ReadyAttempt[]> | null {
  const chunk = chunks.shift();
  if (chunk === undefined) return null;
  const prepared = deps.prepare(chunk);
  prepared.catch(() => undefined);
  return prepared;
}

/** Asks once for each campaign; answers what got no slot yet, and when to ask again. */
async function book(
  ctx: TenantContext,
  deps: DialBatchDeps,
  ready: readonly ReadyAttempt[],
): Promise<{ left: ReadyAttempt[]; askAgainMs: number }> {
  const left: ReadyAttempt[] = [];
  let askAgainMs = Number.POSITIVE_INFINITY;
  const { callsPerSecond, maxConcurrentCalls } = deps.account;
  for (const [campaignId, own] of Map.groupBy(ready, (one) => one.campaign.id)) {
    const answer = await deps.pacer.reserve({
      tenantId: ctx.tenant.id,
      campaignId,
      callIds: own.map((one) => one.attempt.id),
      callsPerSecond,
      maxConcurrentCalls,
      inboundReserve: inboundReserve(ctx.tenant.plan, maxConcurrentCalls),
      leaseMs: PLACE_LEASE_MS,
      own: ownLimits(own),
    });
    for (const [i, delayMs] of answer.delaysMs.entries()) {
      const one = own[i];
      if (one !== undefined) deps.background(dialBooked(ctx, deps, one, delayMs));
    }
    const rest = own.slice(answer.delaysMs.length);
    if (answer.isFull) await dialLater(ctx, deps, rest, NO_PLACE_DELAY_SECONDS);
    else if (answer.ownPaceMs !== null) await dialInTurn(ctx, deps, rest, answer.ownPaceMs);
    else left.push(...rest);
    askAgainMs = Math.min(askAgainMs, answer.askAgainMs);
  }
  return { left, askAgainMs };
}

/** Each comes back when its campaign's own pace lets it go: nobody else's calls wait behind it. */
async function dialInTurn(
  ctx: TenantContext,
  deps: DialBatchDeps,
  rest: readonly ReadyAttempt[],
  firstMs: number,
): Promise<void> {
  const turns = Map.groupBy(rest.entries(), ([i, { campaign }]) =>
    Math.ceil(firstMs / 1000 + i / (campaign.maxCallsPerSecond ?? 1)),
  );
  for (const [seconds, own] of turns) {
    const ready = own.map(([, one]) => one);
    await dialLater(ctx, deps, ready, seconds);
  }
}

/** All of one campaign. */
function ownLimits(ready: readonly ReadyAttempt[]): OwnLimits {
  const own = ready[0]?.campaign;
  return {
    callsPerSecond: own?.maxCallsPerSecond ?? null,
    maxConcurrentCalls: own?.maxConcurrentCalls ?? null,
  };
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let i = 0; i < items.length; i += size) chunks.push(items.slice(i, i + size));
  return chunks;
}
