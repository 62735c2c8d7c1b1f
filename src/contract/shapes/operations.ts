import * as z from 'zod';
import { Id, Millis, NextCursor, Page } from './common.ts';

const Queue = z.string().min(1).max(64).describe('Name of a queue, such as destiny-dial');

export const FindDeadLetters = Page.extend({
  queue: Queue.optional(),
  tenantId: Id.optional(),
  state: z.enum(['waiting', 'all']).default('waiting'),
});
export const DeadLetters = z.object({
  deadLetters: z.array(
    z.object({
      id: z.string(),
      queue: z.string(),
      tenantId: z.string().nullable(),
      body: z.unknown().describe('Secrets and what people said are masked'),
      at: Millis,
      replayedAt: Millis.nullable(),
      discardedAt: Millis.nullable(),
      discardReason: z.string().nullable(),
    }),
  ),
  nextCursor: NextCursor,
});
export const ReplayQueue = z.object({ queue: Queue });
export const Replayed = z.object({ replayed: z.number().int() });
export const Discard = z.object({ reason: z.string().trim().min(1).max(500) });

export const SystemHealth = z.object({
  isHealthy: z.boolean(),
  checks: z.array(
    z.object({
      name: z.string(),
      isHealthy: z.boolean(),
      cause: z.string().nullable(),
      remedy: z.string().nullable(),
      detail: z.string().nullable().describe('What was found, or why nothing was'),
      ms: z.number().int(),
    }),
  ),
});
