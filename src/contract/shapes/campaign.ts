import * as z from 'zod';
import { E164, Id, Minute, Name, Revision, Values, Zone } from './common.ts';

const BreakerLimit = z.object({
  calls: z.number().int().min(5).max(200).describe('Looked at together, the last ones'),
  share: z.number().min(0.1).max(1).describe('At this part of them the campaign pauses'),
});
const Breaker = z.object({
  failing: BreakerLimit.optional().describe('Calls that fail at the carrier; else 20 and 0.6'),
  badList: BreakerLimit.optional().describe('Numbers that do not exist; else 50 and 0.8'),
});

/** What a draft may be given, each with a default. */
export const SETTINGS = {
  moreFromNumbers: z
    .array(E164)
    .max(49)
    .optional()
    .describe('Further caller ids; a contact is called from one of them, always the same'),
  timeZone: Zone.optional(),
  opensMinute: Minute.optional(),
  closesMinute: Minute.optional(),
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
  variables: Values.optional(),
  machineDetection: z
    .enum(['off', 'detect', 'message'])
    .optional()
    .describe('`detect` notices a machine as it speaks, `message` waits for its tone'),
  dailyAttemptsPerNumber: z
    .number()
    .int()
    .min(1)
    .max(20)
    .nullish()
    .describe('Dials to one number in 24 hours, those of all campaigns counted'),
  weeklyAttemptsPerNumber: z.number().int().min(1).max(100).nullish(),
  channel: z.enum(['voice', 'sms']).optional(),
  ringSeconds: z.number().int().min(15).max(60).optional().describe('Else 30'),
  callLimitSeconds: z
    .number()
    .int()
    .min(30)
    .max(14_400)
    .nullish()
    .describe('The longest a call may last; never more than its script needs'),
  maxCallsPerSecond: z
    .number()
    .min(0.01)
    .max(1000)
    .nullish()
    .describe("Its own pace, below the account's; 0.1 is one call in ten seconds"),
  maxConcurrentCalls: z.number().int().min(1).max(100_000).nullish().describe('Its calls at once'),
  record: z.boolean().optional(),
  breaker: Breaker.optional(),
};

export const EditCampaign = z.object({
  name: Name.optional(),
  scriptId: Id.optional().describe('Takes the version that is published now'),
  fromNumber: E164.optional(),
  ...SETTINGS,
});

/** How a campaign is set up, beside what a list shows of it. */
export const SHOWN_SETTINGS = {
  moreFromNumbers: z.array(z.string()),
  timeZone: z.string(),
  opensMinute: Minute,
  closesMinute: Minute,
  retrySeconds: z.array(z.number().int()),
  variables: Values,
  machineDetection: z.enum(['off', 'detect', 'message']),
  dailyAttemptsPerNumber: z.number().int().nullable(),
  weeklyAttemptsPerNumber: z.number().int().nullable(),
  channel: z.enum(['voice', 'sms']),
  ringSeconds: z.number().int(),
  callLimitSeconds: z.number().int().nullable(),
  maxCallsPerSecond: z.number().nullable(),
  maxConcurrentCalls: z.number().int().nullable(),
  record: z.boolean(),
  breaker: Breaker,
  revision: Revision,
};
