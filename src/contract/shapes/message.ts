import * as z from 'zod';
import { E164, Millis, NextCursor } from './common.ts';

export const SendText = z.object({
  to: E164,
  fromNumber: E164,
  body: z.string().min(1).max(1600),
});
export const SentText = z.object({
  id: z.string(),
  threadId: z.string(),
  segments: z.number().int().describe('Parts that the carrier bills'),
});
export const Text = z.object({
  id: z.string(),
  direction: z.enum(['outbound', 'inbound']),
  purpose: z.string(),
  body: z.string().nullable().describe('Null once erased'),
  segments: z.number().int(),
  state: z.string(),
  errorCode: z.string().nullable(),
  twilioSid: z.string().nullable(),
  callId: z.string().nullable(),
  createdAt: Millis,
  sentAt: Millis.nullable(),
  endedAt: Millis.nullable(),
});
export const Thread = z.object({
  id: z.string(),
  ownNumber: z.string(),
  peer: z.string(),
  contactId: z.string().nullable(),
  campaignId: z.string().nullable(),
  isWaiting: z.boolean().describe('A script waits for an answer'),
  outcome: z.string().nullable(),
  lastAt: Millis,
});
export const Threads = z.object({ threads: z.array(Thread), nextCursor: NextCursor });
export const Texts = z.object({
  thread: Thread,
  messages: z.array(Text).describe('Newest first'),
  nextCursor: NextCursor,
});
