import { classifyEndByCode, type EndClass } from './error-classes.ts';
import { isMessageStatus, type MessageStatus } from './message-status.ts';

/** What did arrive, or left and was never told of again. */
const ARRIVED: ReadonlySet<MessageStatus> = new Set(['delivered', 'read', 'sent']);

/**
 * How a text ended, for the retry schedule. What the network refused because of its sender or its
 * words (30007, 30034) would be refused again: that contact is not written to another time.
 */
export function classifyText(own: {
  readonly state: string;
  readonly errorCode: string | null;
}): EndClass {
  if (isMessageStatus(own.state) && ARRIVED.has(own.state)) return 'answered';
  if (own.state === 'canceled') return 'canceled';
  const found = classifyEndByCode('failed', own.errorCode);
  return found === 'account' || found === 'bug' ? 'contact' : found;
}
