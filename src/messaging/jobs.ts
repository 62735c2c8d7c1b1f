/** One message of the `messages` queue. */
export type MessageJob = { readonly tenantId: string } & (
  | { readonly type: 'send' | 'take'; readonly messageId: string }
  /** A conversation in which nobody has answered for a day. */
  | { readonly type: 'silence'; readonly threadId: string }
);

export type MessageQueue = {
  send(job: MessageJob): Promise<unknown>;
  sendBatch(jobs: Iterable<{ readonly body: MessageJob }>): Promise<unknown>;
};

/** A message that its queue forgot is queued again after this time. */
export const QUEUE_LEASE_MS = 120_000;
/** A POST has an answer, or none, long before. */
export const POSTING_LEASE_MS = 60_000;
/** A message that no listing shows by then was never sent. */
export const UNKNOWN_GRACE_MS = 600_000;
/** Silence of a day ends a conversation (destiny-script: by SMS). */
export const SILENCE_MS = 86_400_000;
