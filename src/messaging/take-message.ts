import { desc, eq } from 'drizzle-orm';
import { contact } from '../db/schema/contact.ts';
import { message } from '../db/schema/message.ts';
import { script } from '../db/schema/script.ts';
import { matchSpeech } from '../flow/match.ts';
import { initialState } from '../flow/state.ts';
import type { FlowCache } from '../scripts/flow-cache.ts';
import { resolveVariables } from '../scripts/resolve-variables.ts';
import { missingVariables } from '../scripts/speech-plan.ts';
import type { TenantContext } from '../tenants/context.ts';
import { type Beginning, commitTurn, type TurnDeps } from './commit-turn.ts';
import { lockThread, type ThreadRow, unlockThread } from './thread-lock.ts';
import { type TextTurn, textInput, textTurn } from './turn.ts';

export type TakeDeps = TurnDeps & {
  readonly flows: FlowCache;
  /** The script that answers texts to a number of ours, if its plan has inbound. */
  readonly inboundScript: (ownNumber: string) => Promise<string | null>;
};

/** Said once to whoever asks in his own words to be left alone. */
const STOPPED = 'You will not hear from us again.';
const STOP = [{ triggers: [{ type: 'class', name: 'stop' }] }] as const;

/**
 * Answers a text that came in: by the conversation that waits for it, else by a new one with the
 * number's own script, else not at all. False when somebody else is at the thread: try again.
 */
export async function takeMessage(
  ctx: TenantContext,
  deps: TakeDeps,
  messageId: string,
): Promise<boolean> {
  const own = await ctx.db.findOne(message, eq(message.id, messageId));
  if (own === null || own.leaseUntil === null) return true;
  const thread = await lockThread(ctx, own.threadId);
  if (thread === null) return false;
  const next = await answerTo(ctx, deps, thread, own.body ?? '');
  if (next === null) {
    await ctx.db.run(ctx.db.update(message, { leaseUntil: null }, eq(message.id, own.id)));
    await unlockThread(ctx, thread.id);
    return true;
  }
  return commitTurn(ctx, deps, { thread, ...next, tookId: own.id });
}

/** A day without an answer: the script says what that means, and nobody is asked again. */
export async function takeSilence(
  ctx: TenantContext,
  deps: TakeDeps,
  threadId: string,
): Promise<boolean> {
  const thread = await lockThread(ctx, threadId);
  if (thread === null) return false;
  const isDue = thread.waitsUntil !== null && thread.waitsUntil <= ctx.clock.now();
  const turn = isDue ? await goOn(ctx, deps, thread, { type: 'silence' }) : null;
  if (turn !== null) return commitTurn(ctx, deps, { thread, turn, beginning: null, tookId: null });
  await unlockThread(ctx, thread.id);
  return true;
}

async function answerTo(ctx: TenantContext, deps: TakeDeps, thread: ThreadRow, body: string) {
  const turn = await goOn(ctx, deps, thread, textInput(body));
  if (turn !== null) return { turn, beginning: null };
  const wish = matchSpeech(STOP, body);
  if (wish !== null && !wish.isWeak) return { turn: stopped(), beginning: null };
  return begin(ctx, deps, thread);
}

/** Null when no conversation waits in this thread. */
async function goOn(
  ctx: TenantContext,
  deps: TakeDeps,
  thread: ThreadRow,
  input: ReturnType<typeof textInput>,
): Promise<TextTurn | null> {
  const { flowState, scriptId, scriptVersion } = thread;
  if (flowState === null || scriptId === null || scriptVersion === null) return null;
  const { flow } = await deps.flows.get(ctx.db, scriptId, scriptVersion);
  return textTurn(flow, flowState, input, ctx.clock.now());
}

/** Their first word opens the number's own script, when it is made for texts and lacks nothing. */
async function begin(ctx: TenantContext, deps: TakeDeps, thread: ThreadRow) {
  const scriptId = await deps.inboundScript(thread.ownNumber);
  const own = scriptId === null ? null : await ctx.db.findOne(script, eq(script.id, scriptId));
  if (own === null || own.publishedVersion === 0) return null;
  const { flow, plan } = await deps.flows.get(ctx.db, own.id, own.publishedVersion);
  if (!(flow.settings.channels ?? []).includes('sms')) return null;
  const [person] = await ctx.db.find(contact, eq(contact.e164, thread.peer), {
    orderBy: desc(contact.updatedAt),
    limit: 1,
  });
  const variables = resolveVariables(ctx.tenant, {}, person?.fields ?? {});
  if (missingVariables(plan, variables).length > 0) return null;
  const now = ctx.clock.now();
  const turn = textTurn(flow, initialState(flow, variables, now, 'sms'), { type: 'start' }, now);
  const beginning: Beginning = {
    conversation: ctx.newId('cnv'),
    ...{ scriptId: own.id, scriptVersion: own.publishedVersion },
    ...{ contactId: person?.id ?? null, campaignId: null },
  };
  return { turn, beginning };
}

function stopped(): TextTurn {
  return {
    state: null,
    texts: [STOPPED],
    events: [{ type: 'flow.outcome', detail: { outcome: 'opted_out' } }],
    outcome: 'opted_out',
    isSuppressed: true,
    isOver: true,
  };
}
