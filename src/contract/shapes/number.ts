import * as z from 'zod';
import { E164, Id, Millis, NextCursor } from './common.ts';

export const PhoneNumber = z.object({
  id: z.string(),
  number: z.string(),
  twilioSid: z.string().nullable(),
  inboundScriptId: z
    .string()
    .nullable()
    .describe('Answers who calls this number, in its published version; null: a busy signal'),
  recordsCalls: z.boolean(),
  revision: z.number().int(),
  createdAt: Millis,
});
export const EditNumber = z.object({
  inboundScriptId: Id.nullable().optional(),
  recordsCalls: z.boolean().optional(),
});
export const Numbers = z.object({ numbers: z.array(PhoneNumber), nextCursor: NextCursor });

const Taken = z.object({ id: z.string(), number: z.string() });
export const Imported = z.object({
  imported: z.array(Taken),
  skipped: z.array(z.string()).describe('Numbers that are assigned already'),
});
export const SearchNumbers = z.object({
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('US')
    .describe('ISO 3166-1 alpha-2'),
  areaCode: z
    .string()
    .regex(/^\d{3}$/)
    .optional(),
  contains: z
    .string()
    .regex(/^[\d*]{2,16}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
export const AvailableNumbers = z.object({
  numbers: z.array(
    z.object({
      number: z.string(),
      locality: z.string().nullable(),
      region: z.string().nullable(),
    }),
  ),
});
export const BuyNumber = z.object({ e164: E164 });
export const Bought = Taken;

const Webhook = z.object({ expected: z.string(), actual: z.string() });
export const WebhookCheck = z.object({
  isRight: z.boolean(),
  voice: Webhook,
  voiceFallback: Webhook,
  voiceStatus: Webhook,
  sms: Webhook,
});

export const AccountNumbers = z.object({
  numbers: z.array(
    z.object({ number: z.string(), twilioSid: z.string(), tenantId: z.string().nullable() }),
  ),
});
