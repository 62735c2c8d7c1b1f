import { type CancelQueue, markForCancel, sendCancels } from '../dialing/cancel-calls.ts';
import type { TenantContext } from '../tenants/context.ts';
import { type MessageQueue, SILENCE_MS } from './jobs.ts';
import { insertTexts, type NewText } from './message-rows.ts';
import { tellCampaign } from './tell-campaign.ts';
import type { ThreadRow } from './thread-lock.ts';
import type { TextTurn } from './turn.ts';

export type TurnDeps = { readonly queue: MessageQueue; readonly cancels: CancelQueue };

/** A conversation that begins with this turn. */
export type Beginning = {
  /** A campaign's attempt, where one begins it. */
  readonly conversation: string;
  readonly scriptId: string;
  readonly scriptVersion: number;
  readonly contactId: string | null;
  readonly campaignId: string | null;
};

/** More than a turn has events: each turn numbers its own. */
const EVENTS_A_STEP = 1000;

/**
 * Writes one turn down and has its texts sent. Events come first and have numbers that follow from
 * the step, so that whoever repeats a step that was cut off adds none. False when the thread went on
 * in the meantime.
 */
export async function commitTurn(
  ctx: TenantContext,
  deps: TurnDeps,
  input: {
    readonly thread: ThreadRow;
    readonly turn: TextTurn;
    readonly beginning: Beginning | null;
    /** The text that this turn answers. */
    readonly tookId: string | null;
  },
): Promise<boolean> {
  const { thread, turn, beginning, tookId } = input;
  const now = ctx.clock.now();
  const conversation = beginning?.conversation ?? thread.conversation ?? thread.id;
  await appendEvents(ctx, conversation, thread.step, turn, now);

  const texts = textsOf(ctx, turn, beginning, tookId);
  const attemptId = (beginning?.campaignId ?? null) === null ? null : conversation;
  const step = thread.step + 1;
  const isWaiting = !turn.isOver;
  const batch = [
    ...(beginning === null
      ? []
      : [ctx.db.raw(BEGIN, thread.id, thread.step, ...startOf(beginning))]),
    ctx.db.raw(
      ADVANCE,
      ...[thread.id, thread.step, isWaiting ? JSON.stringify(turn.state) : null],
      ...[isWaiting ? now + SILENCE_MS : null, turn.outcome, now],
    ),
    insertTexts(ctx.db, { threadId: thread.id, step, texts, attemptId, now }),
    ...(tookId === null ? [] : [ctx.db.raw(TAKEN, tookId, thread.id, step)]),
    tellCampaign(ctx.db, thread.id, step),
    ...(turn.isSuppressed
      ? [
          ctx.db.raw(SUPPRESS, thread.peer, now, `text to ${thread.ownNumber}`),
          markForCancel(ctx.db, { e164: thread.peer }, 'suppressed', now),
        ]
      : []),
  ];
  const results = await ctx.db.batch(batch);
  const advanced = results[beginning === null ? 0 : 1] ?? [];
  if (turn.isSuppressed) await sendCancels(deps.cancels, ctx.tenant.id, results.at(-1) ?? []);
  if (advanced.length === 0) return false;
  if (texts.length > 0) {
    const { id: tenantId } = ctx.tenant;
    await deps.queue.sendBatch(
      texts.map(({ id }) => ({ body: { tenantId, type: 'send', messageId: id } as const })),
    );
  }
  return true;
}

function textsOf(
  ctx: TenantContext,
  turn: TextTurn,
  beginning: Beginning | null,
  tookId: string | null,
): NewText[] {
  const isFirst = beginning !== null && beginning.campaignId !== null;
  const begun = tookId === null ? 'follow_up' : 'conversation';
  const purpose = turn.isSuppressed ? 'confirmation' : isFirst ? 'campaign' : begun;
  return turn.texts.map((body) => ({ id: ctx.newId('msg'), body, purpose }));
}

const startOf = (own: Beginning) =>
  [own.conversation, own.scriptId, own.scriptVersion, own.contactId, own.campaignId] as const;

async function appendEvents(
  ctx: TenantContext,
  callId: string,
  step: number,
  turn: TextTurn,
  at: number,
): Promise<void> {
  const all = [
    ...turn.events,
    ...(turn.isSuppressed
      ? [{ type: 'suppression.added', detail: { reason: 'caller_request' } }]
      : []),
  ];
  await ctx.events.append(
    all.map((event, i) => ({ ...event, callId, source: 'text', n: step * EVENTS_A_STEP + i, at })),
  );
}

const BEGIN = `UPDATE thread SET conversation = ?4, script_id = ?5, script_version = ?6,
  contact_id = coalesce(?7, contact_id), campaign_id = ?8, outcome = NULL
WHERE tenant_id = ?1 AND id = ?2 AND step = ?3`;

const ADVANCE = `UPDATE thread SET flow_state = ?4, waits_until = ?5,
  outcome = coalesce(?6, outcome), last_at = ?7, step = step + 1, lock_until = NULL
WHERE tenant_id = ?1 AND id = ?2 AND step = ?3 RETURNING id`;

const TAKEN = `UPDATE message SET lease_until = NULL WHERE tenant_id = ?1 AND id = ?2
  AND EXISTS (SELECT 1 FROM thread t WHERE t.tenant_id = ?1 AND t.id = ?3 AND t.step = ?4)`;

const SUPPRESS = `INSERT INTO suppression (tenant_id, e164, reason, created_at, source)
VALUES (?1, ?2, 'caller_request', ?3, ?4) ON CONFLICT DO NOTHING`;
