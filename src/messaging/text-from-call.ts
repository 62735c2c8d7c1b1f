import { eq } from 'drizzle-orm';
import type { LedgerReport } from '../calls/session-types.ts';
import { call } from '../db/schema/call.ts';
import type { TenantContext } from '../tenants/context.ts';
import type { MessageQueue } from './jobs.ts';
import { insertTexts, upsertThread } from './message-rows.ts';

/**
 * Sends what a script texted in the middle of a call, from our number to theirs. A report that comes
 * again finds the texts there: their ids follow from the call.
 */
export async function textFromCall(
  ctx: TenantContext,
  queue: MessageQueue,
  report: LedgerReport,
): Promise<void> {
  if (report.texts.length === 0) return;
  const own = await ctx.db.findOne(call, eq(call.id, report.callId));
  if (own === null) return;
  const isInbound = own.direction === 'inbound';
  const now = ctx.clock.now();
  const numbers = {
    own: isInbound ? own.toNumber : own.fromNumber,
    peer: isInbound ? own.fromNumber : own.toNumber,
  };
  const [found = []] = await ctx.db.batch([
    upsertThread(ctx.db, { id: ctx.newId('thr'), ...numbers, now }),
  ]);
  const threadId = String(found[0]?.id);
  const texts = report.texts.map((text) => ({ ...text, purpose: 'call' as const }));
  const callId = own.id;
  await ctx.db.batch([insertTexts(ctx.db, { threadId, step: null, texts, callId, now })]);
  const tenantId = ctx.tenant.id;
  await queue.sendBatch(
    texts.map(({ id }) => ({ body: { tenantId, type: 'send', messageId: id } as const })),
  );
}
