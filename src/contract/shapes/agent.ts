import * as z from 'zod';
import { Id, Millis } from './common.ts';

const Presence = z
  .enum(['available', 'busy', 'away', 'wrap_up'])
  .describe('The desk says busy and wrap_up; an agent says available and away');

export const Agent = z.object({
  id: z.string(),
  name: z.string(),
  presence: Presence,
  since: Millis,
  wrapUpUntil: Millis.nullable(),
  callId: z.string().nullable(),
});

const Caller = z.object({
  callId: z.string(),
  number: z.string(),
  contactId: z.string().nullable(),
  node: z.string().describe('Where in the script the caller asked for a person'),
  waitingSince: Millis,
  from: z.string().nullable().describe('The agent who hands the caller on'),
});

export const Agents = z.object({
  agents: z.array(Agent.extend({ isConnected: z.boolean() })),
  waiting: z.array(Caller),
  talks: z.array(Caller.extend({ agentId: z.string() })),
});

export const SetPresence = z.object({ presence: z.enum(['available', 'away']) });

export const DeskSettings = z.object({
  offersAtOnce: z
    .number()
    .int()
    .min(1)
    .max(20)
    .describe('How many agents hear of one caller at once; 1: longest idle first'),
  ringSeconds: z.number().int().min(5).max(120),
  waitSeconds: z
    .number()
    .int()
    .min(5)
    .max(3600)
    .describe('Nobody waits longer, whatever a script says'),
  wrapUpSeconds: z.number().int().min(0).max(3600),
  queueWhenBusy: z
    .boolean()
    .describe('False: a caller who would have to wait goes on at once, as busy'),
});

export const AgentToken = z.object({
  token: z.string().describe("Access token of Twilio's Voice SDK"),
  identity: z.string(),
  expiresAt: Millis,
  carrierUrl: z.string().describe('Whose token it is: https://api.twilio.com, or a stand-in'),
  accountSid: z.string(),
});

export const ByCall = z.object({ id: Id });
export const Hold = z.object({ isHeld: z.boolean() });
export const HandOn = z.object({
  to: z
    .string()
    .min(1)
    .max(64)
    .describe('"agents", the id of one agent, or an E.164 number that the tenant may call'),
});
export const Listen = z.object({
  mode: z.enum(['listen', 'coach']).describe('coach: only the agent hears the supervisor'),
});
export const Ticket = z.object({
  ticket: z.string().describe('For the softphone to connect with, once, within a minute'),
});
export const WrapUp = z.object({
  outcome: z
    .string()
    .regex(/^[A-Za-z_][\w-]{0,63}$/, 'an outcome is a word such as confirmed')
    .nullable()
    .describe('What came of the talk; null leaves what the script said'),
});
