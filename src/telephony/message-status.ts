/** Twilio's message statuses as far as they reach us; `unknown` and what comes before are our own. */
export const MESSAGE_STATUSES = [
  'accepted',
  'scheduled',
  'queued',
  'sending',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'canceled',
  'read',
] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

const RANKS: Readonly<Record<MessageStatus, number>> = {
  accepted: 0,
  scheduled: 0,
  queued: 1,
  sending: 2,
  sent: 3,
  delivered: 4,
  undelivered: 4,
  failed: 4,
  canceled: 4,
  read: 5,
};

export function isMessageStatus(value: unknown): value is MessageStatus {
  return typeof value === 'string' && Object.hasOwn(RANKS, value);
}

export function isMessageOver(status: MessageStatus): boolean {
  return RANKS[status] >= RANKS.delivered;
}

/** Callbacks carry no time and come in any order: only a higher rank moves. */
export function advanceMessage(current: MessageStatus, incoming: MessageStatus): MessageStatus {
  return RANKS[incoming] > RANKS[current] ? incoming : current;
}

/** The rank as SQL sees it, to move a row forward in one statement. */
export const messageRank = (status: MessageStatus): number => RANKS[status];
