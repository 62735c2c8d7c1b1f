import type { MESSAGE_ROUTES } from '../../../contract/routes/message.ts';
import { listThreads, readThread } from '../../../messaging/list-messages.ts';
import { placeMessage } from '../../../messaging/place-message.ts';
import type { MessageRow } from '../../../messaging/send-message.ts';
import type { ThreadRow } from '../../../messaging/thread-lock.ts';
import type { HandlersOf } from '../context.ts';
import { nextCursor } from '../page.ts';

export const messageHandlers: HandlersOf<typeof MESSAGE_ROUTES> = {
  listThreads: async ({ tenant }, { query }) => {
    const rows = await listThreads(tenant, query);
    return {
      threads: rows.map(shownThread),
      nextCursor: nextCursor(rows, query.limit, ({ lastAt }) => String(lastAt)),
    };
  },
  readThread: async ({ tenant }, { params, query }) => {
    const { thread, messages } = await readThread(tenant, { threadId: params.id, ...query });
    return {
      thread: shownThread(thread),
      messages: messages.map(shownText),
      nextCursor: nextCursor(messages, query.limit, ({ createdAt }) => String(createdAt)),
    };
  },
  sendText: async ({ deps, tenant, note }, { body }) => {
    note({ detail: { to: body.to, from: body.fromNumber } });
    const { platform } = deps.platform;
    const tenantOfNumber = (e164: string) => platform.tenantOfNumber(e164);
    return placeMessage(tenant, { queue: deps.messages, tenantOfNumber }, body);
  },
};

function shownThread(row: ThreadRow) {
  const { id, ownNumber, peer, contactId, campaignId, outcome, lastAt } = row;
  const isWaiting = row.waitsUntil !== null;
  return { id, ownNumber, peer, contactId, campaignId, isWaiting, outcome, lastAt };
}

function shownText(row: MessageRow) {
  const { id, direction, purpose, body, segments, state, errorCode, twilioSid, callId } = row;
  const { createdAt, sentAt, endedAt } = row;
  return {
    ...{ id, direction, purpose, body, segments, state, errorCode, twilioSid, callId },
    ...{ createdAt, sentAt, endedAt },
  };
}
