/** One message of the `messages` queue. */
export type MessageJob = { readonly tenantId: string } & (
  | { readonly type: 'send' | 'take'; readonly messageId: string }
  /** A contact of a campaign whose turn it is. */
  | { readonly type: 'open'; readonly attemptId: string }
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
/** A text that has left and has no end yet is asked for as often. */
export const TEXT_LEASE_MS = 1_800_000;
/** Many networks never tell that a text arrived. */
export const NO_RECEIPT_MS = 86_400_000;
/** "One message segment per second" for US long codes (twilio.com/docs/messaging/guides/scaling). */
export const SEGMENTS_A_SECOND = 1;
/** The carrier's clock and ours may differ by this much; its times have no milliseconds. */
export const CLOCK_SKEW_MS = 5000;
/** Silence of a day ends a conversation (destiny-script: by SMS). */
export const SILENCE_MS = 86_400_000;
