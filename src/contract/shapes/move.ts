import * as z from 'zod';
import { Millis } from './common.ts';

export const MoveTenant = z.object({
  shard: z.number().int().min(0).max(999).describe('n of the binding DATA_n'),
});
export const TenantMove = z.object({
  id: z.string(),
  state: z
    .enum(['copying', 'catching_up', 'cutting_over', 'cleaning', 'done', 'undoing', 'undone'])
    .describe('From `cleaning` on the tenant is at home in the new shard'),
  fromShard: z.number().int(),
  toShard: z.number().int(),
  rowsCopied: z.number().int(),
  error: z.string().nullable().describe('Why the last step failed, or why the tenant went back'),
  createdAt: Millis,
  cutAt: Millis.nullable(),
  finishedAt: Millis.nullable(),
});
