import * as z from 'zod';
import { E164, Millis } from './common.ts';

export const Finish = z
  .object({
    at: Millis.nullable(),
    boundBy: z.enum(['pace', 'concurrency', 'speech']).describe('What sets the pace'),
  })
  .describe('When everybody left has been tried once more; null when nobody is left');
const People = z.number().int().min(0);
export const CampaignPreflight = z.object({
  people: People.describe('Not reached yet, whatever becomes of them'),
  callable: People.describe('Would be called now'),
  skipped: z
    .object({
      suppressed: People,
      missing_variable: People,
      destination_not_allowed: People,
    })
    .describe('Would never be called; each under the first reason that holds'),
  later: z
    .object({ in_another_campaign: People, dialled_too_often: People })
    .describe('Would be called once the reason is gone'),
  missing: z.array(z.object({ variable: z.string(), people: People })),
  withoutConsent: People.describe('No consent is noted with them; they are called all the same'),
  withoutZone: People.describe("Nothing tells where they are: the campaign's zone counts"),
  neverOpens: z.boolean().describe("The campaign's hours lie outside of the outer bound"),
  speech: z
    .object({
      sentences: z.number().int().describe('Requests to Google'),
      chars: z.number().int(),
      seconds: z.number().int().describe('Of sound'),
      usd: z.number(),
    })
    .describe('At most: what was made before is not made again'),
  callsUsd: z.number().describe('One call with everybody, all of them answered; 0 by text'),
  texts: z
    .object({
      segments: z
        .object({ mean: z.number(), most: z.number().int() })
        .describe('Parts of one opening, each billed and paced'),
      ucs2: People.describe('Of those looked at, whose opening has letters beyond GSM-7'),
      lookedAt: People.describe('All, or 500 evenly; who lacks a variable is left out'),
      saysOptOut: z.boolean().describe('Every opening says how to hear no more'),
      example: z.string().nullable().describe('One opening as it would be read'),
      cannotSend: z.array(E164).describe('Numbers that Twilio does not let send texts'),
      usd: z.number().describe('One opening to everybody'),
    })
    .nullable()
    .describe('Null for a campaign of calls'),
  finish: Finish,
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
});
