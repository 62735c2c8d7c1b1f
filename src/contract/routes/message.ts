import { routes } from '../route.ts';
import { ById, Page } from '../shapes/common.ts';
import * as message from '../shapes/message.ts';

const reads = {
  tag: 'Messages',
  rule: { who: 'tenant', role: 'AGENT', scope: 'messages:read', feature: null },
  method: 'get',
  status: 200,
  audit: null,
} as const;

export const MESSAGE_ROUTES = routes({
  listThreads: {
    ...reads,
    path: '/threads',
    query: Page,
    returns: message.Threads,
    summary: 'Conversations by text, the latest first',
  },
  readThread: {
    ...reads,
    path: '/threads/{id}',
    params: ById,
    query: Page,
    returns: message.Texts,
    summary: 'One conversation with its texts',
    refuses: ['not_found'],
  },
  sendText: {
    tag: 'Messages',
    rule: { who: 'tenant', role: 'ADMIN', scope: 'messages:write', feature: null },
    method: 'post',
    path: '/messages',
    body: message.SendText,
    status: 202,
    returns: message.SentText,
    summary: 'Send one text, by the same gate and pace as a campaign',
    idempotent: 'required',
    audit: 'message.sent',
    refuses: ['invalid_number', 'conflict'],
  },
});
