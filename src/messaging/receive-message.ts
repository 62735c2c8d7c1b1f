import { suppressNumber } from '../contacts/suppress-number.ts';
import { liftSmsStop } from '../contacts/suppressions.ts';
import type { CancelQueue } from '../dialing/cancel-calls.ts';
import type { TenantContext } from '../tenants/context.ts';
import { type MessageQueue, QUEUE_LEASE_MS } from './jobs.ts';
import { type Keyword, keywordOf } from './keywords.ts';
import { upsertThread } from './message-rows.ts';
import { segmentsOf } from './segments.ts';
import { tellCampaign } from './tell-campaign.ts';

export type InboundText = {
  readonly sid: string;
  /** E.164: whose, and which of our numbers. */
  readonly from: string;
  readonly to: string;
  readonly body: string;
  /** What the carrier itself took it for; empty when it says nothing. */
  readonly optOutType: string;
};

/**
 * Takes a text in, before its webhook is answered: the row, and with STOP the suppression, which no
 * call or text passes from then on. Keywords are answered by the carrier and never by us; everything
 * else goes to the conversation. Twilio may tell of one text twice.
 */
export async function receiveMessage(
  ctx: TenantContext,
  deps: { readonly queue: MessageQueue; readonly cancels: CancelQueue },
  text: InboundText,
): Promise<Keyword | null> {
  const now = ctx.clock.now();
  const keyword = keywordOf(text.body, text.optOutType);
  if (keyword === 'stop') {
    const wish = { e164: text.from, reason: 'sms_stop', source: `text to ${text.to}` } as const;
    await suppressNumber(ctx, deps.cancels, wish);
  }
  const { encoding, segments } = segmentsOf(text.body);
  const id = ctx.newId('msg');
  const lease = keyword === null ? now + QUEUE_LEASE_MS : null;
  const thread = { id: ctx.newId('thr'), own: text.to, peer: text.from, now };
  const [[its] = [], added = []] = await ctx.db.batch([
    upsertThread(ctx.db, thread),
    ctx.db.raw(
      INSERT_RECEIVED,
      ...[id, text.to, text.from, text.body, encoding, segments, text.sid, lease, now],
    ),
    ...(keyword === 'stop' ? [ctx.db.raw(END_CONVERSATION, text.to, text.from)] : []),
  ]);
  if (keyword === 'stop') await ctx.db.batch([tellCampaign(ctx.db, String(its?.id), null)]);
  // A START that is told twice must not lift a STOP that came between.
  if (added.length > 0 && keyword === 'start') await liftSmsStop(ctx, text.from);
  if (added.length > 0 && lease !== null) {
    await deps.queue.send({ tenantId: ctx.tenant.id, type: 'take', messageId: id });
  }
  return keyword;
}

const INSERT_RECEIVED = `INSERT INTO message (tenant_id, id, thread_id, direction, purpose,
  from_number, to_number, body, encoding, segments, state, twilio_sid, lease_until, created_at)
SELECT ?1, ?2, id, 'inbound', 'conversation', ?4, ?3, ?5, ?6, ?7, 'received', ?8, ?9, ?10
FROM thread WHERE tenant_id = ?1 AND own_number = ?3 AND peer = ?4
ON CONFLICT DO NOTHING RETURNING id`;

const END_CONVERSATION = `UPDATE thread SET flow_state = NULL, waits_until = NULL,
  outcome = 'opted_out', step = step + 1
WHERE tenant_id = ?1 AND own_number = ?2 AND peer = ?3 AND flow_state IS NOT NULL`;
