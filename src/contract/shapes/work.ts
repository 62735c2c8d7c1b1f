import * as z from 'zod';
import { Finish } from './campaign-preflight.ts';
import {
  E164,
  Id,
  Millis,
  Minute,
  Name,
  NextCursor,
  Page,
  Revision,
  Values,
  Zone,
} from './common.ts';

/** A request's rows; more go in further requests. */
export const CONTACTS_PER_REQUEST = 500;

/** What somebody agreed to, where and when. */
const Consent = z.object({ kind: Name, source: Name, at: Millis });

export const FindContacts = Page.extend({
  number: E164.optional(),
  externalId: z.string().min(1).max(200).optional(),
  listId: Id.optional(),
  text: z
    .string()
    .trim()
    .min(2)
    .max(100)
    .optional()
    .describe('Stands in the number, the externalId or a field; capitals make no difference'),
});
export const ContactFields = z.object({
  fields: z.array(
    z.object({ name: z.string(), contacts: z.number().int().describe('Of the newest 5,000') }),
  ),
});
export const UpsertContacts = z.object({
  contacts: z
    .array(
      z.object({
        externalId: z.string().min(1).max(200),
        number: E164,
        timeZone: Zone.optional(),
        fields: Values.default({}),
        consent: Consent.optional(),
        country: z
          .string()
          .length(2)
          .optional()
          .describe('For a number without a country code, such as US'),
      }),
    )
    .min(1)
    .max(CONTACTS_PER_REQUEST),
});
export const UpsertedContacts = z.object({
  contacts: z.array(z.object({ id: z.string(), externalId: z.string() })),
  rejected: z
    .array(z.object({ index: z.number().int(), code: z.string(), message: z.string() }))
    .describe('Rows that were left out, by their place in the request'),
});
export const Contact = z.object({
  id: z.string(),
  externalId: z.string(),
  number: z.string(),
  timeZone: z.string().nullable(),
  fields: z.record(z.string(), z.string()),
  consent: Consent.nullable(),
  createdAt: Millis,
  updatedAt: Millis,
});
export const Contacts = z.object({ contacts: z.array(Contact), nextCursor: NextCursor });

export const Erased = z
  .object({
    calls: z.number().int(),
    messages: z.number().int(),
    recordings: z.number().int(),
    clips: z.number().int().describe('Sentences that held values of the person'),
  })
  .describe('What lost its words or its sound');

const Settings = {
  name: Name,
  scriptId: Id,
  fromNumber: E164,
  callerIds: z
    .array(E164)
    .max(50)
    .describe('Further numbers to call from; a person is always called from the same one'),
  timeZone: Zone,
  opensMinute: Minute,
  closesMinute: Minute,
  retrySeconds: z
    .array(
      z
        .number()
        .int()
        .min(1)
        .max(7 * 86_400),
    )
    .max(10),
  variables: Values,
  machineDetection: z
    .enum(['off', 'detect', 'message'])
    .describe('`detect` notices a machine as it speaks, `message` waits for its tone'),
  ringSeconds: z.number().int().min(15).max(60).describe('Before nobody is held to answer'),
  callLimitSeconds: z
    .number()
    .int()
    .min(30)
    .max(14_400)
    .nullable()
    .describe('The longest a call may last; never more than its script needs'),
  channel: z
    .enum(['voice', 'sms'])
    .describe('By call, or by text with a script that says `@channels sms`'),
  dailyAttemptsPerNumber: z
    .number()
    .int()
    .min(1)
    .max(20)
    .nullable()
    .describe('Dials to one number in 24 hours, those of all campaigns counted'),
  weeklyAttemptsPerNumber: z.number().int().min(1).max(100).nullable(),
  maxCallsPerSecond: z
    .number()
    .min(0.1)
    .max(1000)
    .nullable()
    .describe("The campaign's own pace beside the account's"),
  maxConcurrentCalls: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .nullable()
    .describe('Calls of the campaign at one time, such as there are agents for'),
  breakerPercent: z
    .number()
    .int()
    .min(10)
    .max(100)
    .nullable()
    .describe('Share of the last 20 calls failing at the carrier, at which it pauses; else 60'),
  recordsCalls: z.boolean(),
};
const Edits = z.object(Settings).partial();
export const EditCampaign = Edits;
export const CreateCampaign = Edits.required({ name: true, scriptId: true, fromNumber: true });
export const CampaignState = z.enum([
  'draft',
  'scheduled',
  'running',
  'paused',
  'stopped',
  'finished',
]);
export const StateChanged = z.object({ state: CampaignState });
export const Campaign = z.object({
  id: z.string(),
  name: z.string(),
  state: CampaignState,
  pausedReason: z.string().nullable(),
  scriptId: z.string(),
  scriptVersion: z.number().int(),
  fromNumber: z.string(),
  createdAt: Millis,
  launchedAt: Millis.nullable(),
  finishedAt: Millis.nullable(),
});
export const Campaigns = z.object({ campaigns: z.array(Campaign), nextCursor: NextCursor });
export const CampaignSettings = Campaign.extend({
  ...Settings,
  scheduledAt: Millis.nullable(),
  revision: Revision,
});
const Counts = z.record(z.string(), z.number().int());
export const CampaignProgress = z.object({
  revision: Revision,
  campaign: CampaignSettings,
  state: CampaignState,
  pausedReason: z.string().nullable(),
  primeError: z.string().nullable(),
  isPrimed: z.boolean(),
  isForEverybody: z
    .boolean()
    .describe('All contacts take part; `contacts` counts those who were enrolled since its launch'),
  clips: z.number().int(),
  contacts: Counts.describe('Contacts by the state they are in'),
  calls: Counts.describe('Calls by status'),
  outcomes: Counts.describe('Calls by outcome; by text, contacts by what became of them'),
  finish: Finish,
});
export const ScheduleCampaign = z.object({
  at: z.string().max(20).describe('Local wall time such as 2026-05-14T09:00'),
  timeZone: Zone.optional().describe("Else the campaign's"),
});
export const Scheduled = z.object({ state: CampaignState, scheduledAt: Millis });
export const CloneCampaign = z
  .object({
    name: Name,
    contacts: z
      .enum(['none', 'all', 'unreached', 'outcome'])
      .default('none')
      .describe('Who is enrolled in the clone'),
    outcomes: z.array(z.string().min(1).max(64)).min(1).max(20).optional(),
  })
  .refine(({ contacts, outcomes }) => (contacts === 'outcome') === (outcomes !== undefined), {
    message: 'Send outcomes with "contacts": "outcome", and only then',
  });
const EnrolmentState = z.enum(['pending', 'due', 'active', 'done', 'exhausted', 'skipped']);
export const FindEnrolments = Page.extend({ state: EnrolmentState.optional() });
export const Enrolments = z.object({
  contacts: z.array(
    z.object({
      contactId: z.string(),
      externalId: z.string().nullable(),
      number: z.string(),
      state: EnrolmentState,
      attempts: z.number().int(),
      reason: z.string().nullable().describe('Error code or outcome that explains the state'),
      dueAt: Millis.nullable(),
    }),
  ),
  nextCursor: NextCursor,
});

/** Contacts by their ids, those of a list, or everybody the tenant has. */
export const EnrolContacts = z
  .object({
    contactIds: z.array(Id).min(1).max(5000).optional(),
    listId: Id.optional(),
    all: z.literal(true).optional().describe('Everybody, instead of contactIds'),
  })
  .refine((body) => Object.values(body).filter((one) => one !== undefined).length === 1, {
    message: 'Send one of contactIds, listId and all',
  });
export const Enrolled = z.object({
  enrolled: z.number().int().nullable().describe('Null: everybody, page by page in the background'),
});

export const SuppressNumber = z.object({
  e164: E164,
  source: z.string().trim().min(1).max(200).optional().describe('Where the wish came from'),
});

const CallFilters = {
  campaignId: Id.optional(),
  contactId: Id.optional(),
  contact: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .optional()
    .describe("Stands in a value of the contact's fields, or in its externalId"),
  direction: z.enum(['outbound', 'inbound']).optional(),
  status: z
    .string()
    .regex(/^[a-z-]+(,[a-z-]+){0,9}$/)
    .optional()
    .describe('One or several of `queued`, `ringing`, `in-progress`, `completed`, ... by commas'),
  outcome: z.string().min(1).max(64).optional(),
  number: z
    .string()
    .regex(/^\+?[\d ()-]{3,40}$/)
    .optional()
    .describe('Who was called or called: all of it with +, or digits that stand in it'),
  twilioSid: z
    .string()
    .regex(/^CA[0-9a-fA-F]{32}$/)
    .optional(),
  from: z.coerce.number().int().min(0).optional().describe('Begun then or later, epoch ms'),
  to: z.coerce.number().int().min(0).optional().describe('Begun before, epoch ms'),
};
export const ListCalls = Page.extend(CallFilters);
export const ExportCalls = z.object(CallFilters);
export const Call = z.object({
  id: z.string(),
  direction: z.enum(['outbound', 'inbound']),
  campaignId: z.string().nullable(),
  contactId: z.string().nullable(),
  scriptId: z.string(),
  scriptVersion: z.number().int(),
  fromNumber: z.string(),
  toNumber: z.string(),
  twilioSid: z.string().nullable(),
  status: z.string(),
  outcome: z.string().nullable(),
  recordingUrl: z.string().nullable(),
  errorCode: z.string().nullable(),
  answeredAt: Millis.nullable(),
  endedAt: Millis.nullable(),
  durationSeconds: z.number().int().nullable(),
  turns: z.number().int(),
  answeredBy: z.string().nullable().describe('What Twilio took the answering party for'),
  createdAt: Millis,
});
export const Calls = z.object({ calls: z.array(Call), nextCursor: NextCursor });
export const CallEvent = z.object({
  source: z.string(),
  n: z.number().int(),
  at: Millis,
  type: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
export const CallWithEvents = z.object({ call: Call, events: z.array(CallEvent) });

export const PlaceCall = z.object({
  to: E164,
  fromNumber: E164,
  scriptId: Id,
  variables: Values.default({}),
  timeZone: Zone.optional().describe('Where the called person is; else where the number lies'),
  purpose: z
    .enum(['single', 'test'])
    .default('single')
    .describe('`test`: a call to oneself, to hear a script'),
});
export const PlacedCall = z.object({
  id: z.string().describe('The call, in GET /calls/{id} from right before it is dialled'),
  campaignId: z.string().describe('Stands behind this one call; its progress tells what waits'),
});

export const Health = z.object({
  isHealthy: z.boolean(),
  checks: z.array(
    z.object({
      name: z.string(),
      isHealthy: z.boolean(),
      cause: z.string().nullable(),
      remedy: z.string().nullable(),
    }),
  ),
});

export const RetriedRecording = z.object({ state: z.literal('pending') });
export const Recordings = z.object({
  recordings: z.array(
    z.object({
      id: z.string(),
      callId: z.string(),
      twilioSid: z.string(),
      source: z.enum(['call', 'voicemail']),
      state: z
        .enum(['pending', 'stored', 'failed', 'absent', 'erased'])
        .describe('pending: Twilio has it, and it is not copied yet'),
      bytes: z.number().int().nullable(),
      durationSeconds: z.number().int().nullable(),
      channels: z.number().int().nullable(),
      errorCode: z.string().nullable(),
      createdAt: Millis,
      storedAt: Millis.nullable(),
      expiresAt: Millis.nullable(),
    }),
  ),
});

export const RecordingUrl = z.object({ url: z.string(), expiresAt: Millis });
