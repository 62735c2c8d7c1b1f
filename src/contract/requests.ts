import * as z from 'zod';

const name = z.string().trim().min(1).max(200);
const values = z.record(z.string().min(1).max(64), z.string().max(2000));
const zone = z.string().min(1).max(64);
const minute = z.number().int().min(0).max(1440);

export const RegisterCarrierAccount = z.object({
  authToken: z.string().min(1).max(200),
  callsPerSecond: z.number().positive().max(1000),
  maxConcurrentCalls: z.number().int().positive().max(100_000),
});

export const CreateTenant = z.object({
  name,
  plan: z.enum(['OUTBOUND', 'INBOUND', 'FULL']),
  timeZone: zone,
  callingCodes: z
    .array(z.string().regex(/^[1-9]\d{0,5}$/))
    .min(1)
    .max(50),
  isOuterWindowLifted: z.boolean().default(false),
  carrierAccountSid: z.string(),
});

export const AssignNumber = z.object({
  e164: z.string(),
  twilioSid: z.string().nullable().default(null),
});

export const SuppressNumber = z.object({ e164: z.string().max(40) });

export const SaveScript = z.object({ name, content: z.string().max(500_000) });

export const PublishScript = z.object({
  overrideTests: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
});

/** A request's rows; more go in further requests. */
export const CONTACTS_PER_REQUEST = 500;

export const UpsertContacts = z.object({
  contacts: z
    .array(
      z.object({
        externalId: z.string().min(1).max(200),
        number: z.string().max(40),
        timeZone: zone.optional(),
        fields: values.default({}),
      }),
    )
    .min(1)
    .max(CONTACTS_PER_REQUEST),
});

export const CreateCampaign = z.object({
  name,
  scriptId: z.string(),
  fromNumber: z.string(),
  timeZone: zone.optional(),
  opensMinute: minute.optional(),
  closesMinute: minute.optional(),
  retrySeconds: z
    .array(
      z
        .number()
        .int()
        .min(1)
        .max(7 * 86_400),
    )
    .max(10)
    .optional(),
  variables: values.optional(),
});

/** Contacts by their ids, or everybody the tenant has. */
export const EnrolContacts = z.union([
  z.object({ contactIds: z.array(z.string()).min(1).max(5000) }),
  z.object({ all: z.literal(true) }),
]);

export const ListCalls = z.object({
  campaignId: z.string().optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
