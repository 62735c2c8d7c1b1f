import { callerIdOf } from '../dialing/caller-id.ts';
import { type AfterAttempt, endAttempt } from '../dialing/end-attempt.ts';
import { refusalNow } from '../dialing/gate.ts';
import { type PlannedAttempt, planAttempts } from '../dialing/plan-attempts.ts';
import { endForMissing } from '../dialing/ready-attempts.ts';
import { moveIntoWindow } from '../dialing/window.ts';
import { initialState } from '../flow/state.ts';
import type { FlowCache } from '../scripts/flow-cache.ts';
import type { TenantContext } from '../tenants/context.ts';
import { commitTurn, type TurnDeps } from './commit-turn.ts';
import { upsertThread } from './message-rows.ts';
import { lockThread, type ThreadRow, unlockThread } from './thread-lock.ts';
import { textTurn } from './turn.ts';

/**
 * Begins the conversation of one attempt: the snapshot, the script's first turn, and its texts as
 * rows that wait to be sent. The gate comes with the first of them. False when somebody else is at
 * the thread: try again. Repeating it adds nothing.
 */
export async function openText(
  ctx: TenantContext,
  deps: TurnDeps & { readonly flows: FlowCache },
  attemptId: string,
): Promise<boolean> {
  const [one] = await planAttempts(ctx, deps.flows, [attemptId]);
  if (one === undefined) return true;
  if (one.missing.length > 0) {
    await endForMissing(ctx, one);
    return true;
  }
  const refusal = refusalNow(ctx, one, ctx.clock.now());
  if (refusal !== null) return ended(ctx, one, refusal.result, refusal.after);
  const own = await lockThread(ctx, await threadOf(ctx, one));
  if (own === null) return false;
  const isDone = await beginOn(ctx, deps, one, own);
  await unlockThread(ctx, own.id);
  return isDone;
}

async function beginOn(
  ctx: TenantContext,
  deps: TurnDeps,
  one: PlannedAttempt,
  own: ThreadRow,
): Promise<boolean> {
  const { attempt, campaign, published, variables } = one;
  if (own.conversation === attempt.id) return true;
  // Two questions at once in one thread: nobody could tell which of them is answered.
  if (own.flowState !== null) return afterTalk(ctx, one, own);
  const now = ctx.clock.now();
  const state = initialState(published.flow, variables, now, 'sms');
  const turn = textTurn(published.flow, state, { type: 'start' }, now);
  if (turn.texts.length === 0) return ended(ctx, one, 'no_text', { state: 'skipped' });
  await ctx.events.append(one.events.map((event) => ({ ...event, callId: attempt.id })));
  return commitTurn(ctx, deps, {
    ...{ thread: own, turn, tookId: null },
    beginning: {
      ...{ conversation: attempt.id, campaignId: campaign.id, contactId: attempt.contactId },
      ...{ scriptId: campaign.scriptId, scriptVersion: campaign.scriptVersion },
    },
  });
}

async function threadOf(ctx: TenantContext, { attempt, campaign }: PlannedAttempt) {
  const numbers = { own: callerIdOf(campaign, attempt.e164), peer: attempt.e164 };
  const [found = []] = await ctx.db.batch([
    upsertThread(ctx.db, { id: ctx.newId('thr'), ...numbers, now: ctx.clock.now() }),
  ]);
  return String(found[0]?.id);
}

function afterTalk(ctx: TenantContext, one: PlannedAttempt, own: ThreadRow): Promise<boolean> {
  const now = ctx.clock.now();
  const free = Math.max(own.waitsUntil ?? now, now + ASK_AGAIN_MS);
  const dueAt = one.window === null ? null : moveIntoWindow(free, one.zones, one.window);
  const after: AfterAttempt =
    dueAt === null ? { state: 'skipped' } : { state: 'due', dueAt, isCounted: false };
  return ended(ctx, one, 'conversation_under_way', after);
}

const ASK_AGAIN_MS = 600_000;

async function ended(
  ctx: TenantContext,
  { attempt }: PlannedAttempt,
  result: string,
  after: AfterAttempt,
): Promise<true> {
  await endAttempt(ctx, { callId: attempt.id, result, after, onlyIn: 'queued' });
  return true;
}
