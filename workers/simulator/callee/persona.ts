import { z } from 'zod';

const seconds = z.number().min(0).max(3600);

export const Action = z.union([
  z.literal('silence'),
  z.literal('hang-up'),
  z.strictObject({
    press: z.string().regex(/^[0-9*#]+$/),
    gapSeconds: seconds.default(0.4),
  }),
  z.strictObject({
    say: z.string().min(1),
    confidence: z.number().min(0).max(1).default(0.9),
    /** How long the words take; estimated from their number if absent. */
    seconds: seconds.optional(),
  }),
]);
export type Action = z.infer<typeof Action>;

export const Reaction = z.strictObject({
  /** Which question of the call this answers, from 1; any if absent. */
  onPrompt: z.int().min(1).optional(),
  /** A regular expression over the <Say> text since the last answer; callees do not understand audio. */
  heard: z.string().refine(isPattern, 'not a regular expression').optional(),
  /** Answers so long after the question began, in the middle of it. */
  bargeInSeconds: seconds.optional(),
  /** Answers so long after the question ended; a natural delay if absent. */
  afterSeconds: seconds.optional(),
  /** How often in a call; without end if absent. */
  times: z.int().min(1).optional(),
  do: Action,
});
export type Reaction = z.infer<typeof Reaction>;

export const AnsweredBy = z.enum([
  'human',
  'machine_start',
  'machine_end_beep',
  'machine_end_silence',
  'machine_end_other',
  'fax',
  'unknown',
]);
export type AnsweredBy = z.infer<typeof AnsweredBy>;

export const Ringing = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('answers'),
    ringSeconds: seconds.default(3),
    greeting: z.string().optional(),
    reactions: z.array(Reaction).default([]),
    otherwise: Action.default('silence'),
    hangUpAfterSeconds: seconds.optional(),
    /** It is a machine: its greeting lasts so long, then it beeps, or not. */
    machine: z
      .strictObject({ greetingSeconds: seconds.default(6), beeps: z.boolean().default(true) })
      .optional(),
    /** What the carrier's detection says of it, and when, if not what is right. */
    detection: z
      .strictObject({ verdict: AnsweredBy.optional(), afterSeconds: seconds.optional() })
      .optional(),
  }),
  z.strictObject({ outcome: z.literal('busy'), ringSeconds: seconds.default(1) }),
  z.strictObject({ outcome: z.literal('no-answer') }),
  z.strictObject({
    outcome: z.literal('failed'),
    sipCode: z.int().min(400).max(699).default(404),
  }),
  /** The carrier refuses the number when the call is created (21217). */
  z.strictObject({ outcome: z.literal('invalid') }),
]);
export type Ringing = z.infer<typeof Ringing>;

/** What happens when a number is rung: the first time, the second...; the last repeats. */
export const Persona = z.strictObject({ attempts: z.array(Ringing).min(1) });
export type Persona = z.infer<typeof Persona>;
export type PersonaInput = z.input<typeof Persona>;

export function ringingOf(persona: Persona, attempt: number): Ringing {
  const ringing = persona.attempts[Math.min(attempt, persona.attempts.length) - 1];
  if (ringing === undefined) throw new Error('A persona has at least one attempt');
  return ringing;
}

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'i') instanceof RegExp;
  } catch {
    return false;
  }
}
