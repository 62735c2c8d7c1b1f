import { z } from 'zod';
import { Persona } from '../callee/persona.ts';
import { PERSONAS } from '../callee/personas.ts';

export const AccountConfig = z.strictObject({
  accountSid: z.string().regex(/^AC[\da-f]{32}$/),
  authToken: z.string().min(1),
  /** Call starts a second; the queue holds what is above. */
  cps: z.number().min(0.01).max(1000).default(1),
  /** REST requests under way at once; more are answered 20429. */
  maxConcurrentRequests: z.int().min(1).default(100),
  /** Calls waiting or under way at once; more are answered 10004. */
  maxConcurrentCalls: z.int().min(1).optional(),
  /** Conversations run so much faster than real ones. */
  timeScale: z.number().min(0.1).max(1000).optional(),
  seed: z.string().default('destiny'),
  /** Numbers that the account owns; empty: any valid one may call. */
  numbers: z.array(z.string()).default([]),
  /** Advanced Opt-Out: inbound keywords are named to the application. */
  advancedOptOut: z.boolean().default(false),
  /** Whether the carrier's media proxy keeps audio as its headers allow. */
  audioCache: z.boolean().default(true),
});
export type AccountConfig = z.infer<typeof AccountConfig>;

const PersonaName = z.string().refine((name) => PERSONAS.has(name), 'no such persona');

export const CalleeList = z.strictObject({
  callees: z
    .array(
      z.strictObject({
        number: z.string().regex(/^\+[1-9]\d{6,14}$/),
        persona: z.union([PersonaName, Persona]),
      }),
    )
    .max(10_000),
});
export type CalleeList = z.infer<typeof CalleeList>;

const E164 = z.string().regex(/^\+[1-9]\d{6,14}$/);
/** Somebody calls a number of the account; without a persona he is whoever has that number. */
export const InboundCall = z.strictObject({
  to: E164,
  from: E164,
  persona: z.union([PersonaName, Persona]).optional(),
});
export type InboundCall = z.infer<typeof InboundCall>;

/** A page calls with an access token; `params` reach the application's webhook. */
export const ClientCall = z.strictObject({
  token: z.string().max(4096),
  params: z.record(z.string().regex(/^\w{1,64}$/), z.string().max(800)).default({}),
});
export type ClientCall = z.infer<typeof ClientCall>;

/** Somebody writes to a number of the account. */
export const InboundText = z.strictObject({ to: E164, from: E164, body: z.string().max(1600) });
export type InboundText = z.infer<typeof InboundText>;
