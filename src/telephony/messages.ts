import type { MessageStatus } from './message-status.ts';
import type { Refusal } from './twilio-refusal.ts';

export type CreateMessageInput = {
  /** E.164. */
  readonly to: string;
  readonly from: string;
  /** 1 to 1600 characters. */
  readonly body: string;
  readonly statusCallback: string;
};

export type CreateMessageResult =
  | { readonly kind: 'accepted'; readonly sid: string; readonly status: MessageStatus }
  | Refusal;

/** A message as the carrier remembers it. Times are epoch ms. */
export type CarrierMessage = {
  readonly sid: string;
  readonly to: string;
  readonly from: string;
  readonly body: string;
  readonly status: MessageStatus | null;
  readonly direction: string;
  readonly errorCode: string | null;
  readonly createdAt: number | null;
};

/** One account's messages. Nothing here is ever sent twice by the implementation. */
export type MessageCarrier = {
  readonly createMessage: (input: CreateMessageInput) => Promise<CreateMessageResult>;
  /** From one number to another since a moment, any status. Throws `carrier_failed` unless complete. */
  readonly listMessages: (query: {
    readonly to: string;
    readonly from: string;
    readonly createdAfter: number;
  }) => Promise<CarrierMessage[]>;
};
