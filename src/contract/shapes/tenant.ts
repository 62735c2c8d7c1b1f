import * as z from 'zod';
import { PLANS } from '../rule.ts';
import { E164, Millis, Minute, Name, NextCursor, Revision, Zone } from './common.ts';

const CallingCodes = z
  .array(z.string().regex(/^[1-9]\d{0,5}$/))
  .min(1)
  .max(50)
  .describe('Calling codes that calls may go to, such as ["1"]');

/** Null takes the limit away. */
const Limits = {
  dailyAttempts: z.number().int().min(0).max(10_000_000).nullable(),
  dailySpendMicros: z
    .number()
    .int()
    .min(0)
    .max(1_000_000_000_000)
    .nullable()
    .describe('Millionths of a US dollar a day'),
  cpsShare: z.number().positive().max(1000).nullable().describe('Weight among the tenants'),
  maxConcurrentCalls: z.number().int().positive().max(100_000).nullable(),
};

const Hours = {
  recordingRetentionDays: z
    .number()
    .int()
    .min(1)
    .max(3650)
    .nullable()
    .describe('The sound of a recording is deleted after so many days; null: never'),
  recordingNotice: z
    .string()
    .trim()
    .min(3)
    .max(300)
    .nullable()
    .describe('Heard to its end before a call is recorded; null for the usual sentence'),
  opensMinute: Minute.nullable(),
  closesMinute: Minute.nullable(),
};

export const CarrierSettings = z.object({
  authToken: z.string().min(1).max(200),
  callsPerSecond: z.number().positive().max(1000),
  maxConcurrentCalls: z.number().int().positive().max(100_000),
});
export const AccountSid = z.object({
  sid: z.string().regex(/^AC[0-9a-f]{32}$/, 'A Twilio account SID is AC and 32 hexadecimal digits'),
});
export const OwnCarrier = CarrierSettings.extend({ sid: AccountSid.shape.sid });
export const CarrierAccount = z.object({
  sid: z.string(),
  tenantId: z.string().nullable(),
  keyId: z.string().describe('Key of ENCRYPTION_KEYS that its token is sealed under'),
  callsPerSecond: z.number(),
  maxConcurrentCalls: z.number(),
});
export const CarrierAccounts = z.object({ accounts: z.array(CarrierAccount) });
export const Resealed = z.object({ resealed: z.number().int() });

export const CreateTenant = z.object({
  name: Name,
  plan: z.enum(PLANS),
  timeZone: Zone,
  callingCodes: CallingCodes,
  isOuterWindowLifted: z.boolean().default(false),
  carrierAccountSid: z.string().max(64),
});
export const Created = z.object({ id: z.string() });

export const Tenant = z.object({
  id: z.string(),
  name: z.string(),
  plan: z.enum(PLANS),
  state: z.enum(['active', 'suspended']),
  timeZone: z.string(),
  callingCodes: z.array(z.string()),
  isOuterWindowLifted: z.boolean(),
  carrierAccountSid: z.string(),
  ...Limits,
  ...Hours,
  revision: Revision,
  createdAt: Millis,
});
export const Tenants = z.object({ tenants: z.array(Tenant), nextCursor: NextCursor });

/** What the platform's owner may change; a field that is left out stays. */
export const EditTenant = z
  .object({
    name: Name,
    plan: z.enum(PLANS),
    state: z.enum(['active', 'suspended']),
    timeZone: Zone,
    callingCodes: CallingCodes,
    isOuterWindowLifted: z.boolean(),
    carrierAccountSid: z.string().max(64),
    ...Limits,
    ...Hours,
  })
  .partial();

/** What the tenant's own admin may change. */
export const EditOwnTenant = z.object({ name: Name, timeZone: Zone, ...Hours }).partial();

export const ActAs = z.object({ reason: z.string().trim().min(5).max(500) });
export const ActingAs = z.object({ tenantId: z.string(), expiresAt: Millis });

export const AssignNumber = z.object({
  e164: E164,
  twilioSid: z.string().max(64).nullable().default(null),
});
