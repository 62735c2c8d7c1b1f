import { eq } from 'drizzle-orm';
import { message } from '../db/schema/message.ts';
import type { CancelQueue } from '../dialing/cancel-calls.ts';
import type { MessageQueue } from '../messaging/jobs.ts';
import { noteSent } from '../messaging/note-sent.ts';
import { receiveMessage } from '../messaging/receive-message.ts';
import { isMessageStatus } from '../telephony/message-status.ts';
import { single } from '../telephony/signature.ts';
import type { TenantContext } from '../tenants/context.ts';
import type { InboundDirectory } from './directory.ts';
import { type Asked, signedBy } from './signed-by.ts';

export type TextWebhookDeps = {
  readonly directory: Pick<InboundDirectory, 'line' | 'account'>;
  readonly queue: MessageQueue;
  readonly cancels: CancelQueue;
  readonly tenant: (tenantId: string) => Promise<TenantContext>;
};

/** A text to one of our numbers. One to a number of nobody is acknowledged, and is nothing. */
export async function takeText(
  deps: TextWebhookDeps,
  asked: Asked,
): Promise<'taken' | 'forbidden'> {
  const account = await signedBy(deps.directory, asked);
  if (account === null) return 'forbidden';
  const { params } = asked;
  const line = await deps.directory.line(single(params.To));
  if (line === null || line.ctx.tenant.carrierAccountSid !== account.sid) return 'taken';
  await receiveMessage(line.ctx, deps, {
    sid: single(params.MessageSid),
    from: single(params.From),
    to: single(params.To),
    body: single(params.Body),
    optOutType: single(params.OptOutType),
  });
  return 'taken';
}

/** What became of a text that we sent. */
export async function takeTextStatus(
  deps: TextWebhookDeps,
  ref: { readonly tenantId: string; readonly messageId: string },
  asked: Asked,
): Promise<'taken' | 'forbidden'> {
  const account = await signedBy(deps.directory, asked);
  if (account === null) return 'forbidden';
  const ctx = await deps.tenant(ref.tenantId).catch(() => null);
  if (ctx === null || ctx.tenant.carrierAccountSid !== account.sid) return 'forbidden';
  const own = await ctx.db.findOne(message, eq(message.id, ref.messageId));
  const status = single(asked.params.MessageStatus);
  if (own === null || own.direction !== 'outbound' || !isMessageStatus(status)) return 'taken';
  const errorCode = single(asked.params.ErrorCode) || null;
  await noteSent(ctx, own, { sid: single(asked.params.MessageSid), status, errorCode });
  return 'taken';
}
