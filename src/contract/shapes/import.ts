import * as z from 'zod';
import { Id, Millis, Name, NextCursor } from './common.ts';

export const FILE_MOST_BYTES = 50 * 1024 * 1024;

const STATES = [
  'waiting',
  'uploaded',
  'checking',
  'checked',
  'running',
  'done',
  'failed',
  'cancelled',
] as const;

const Column = z.string().min(1).max(200);

export const CreateImport = z.object({
  name: Name,
  kind: z
    .enum(['contacts', 'suppressions'])
    .default('contacts')
    .describe('`suppressions`: numbers that must not be called'),
});
export const Mapping = z.object({
  number: Column.describe('Column of the phone number'),
  externalId: Column.optional().describe('Else the number is the externalId'),
  timeZone: Column.optional(),
  fields: z
    .record(z.string().min(1).max(64), Column)
    .default({})
    .describe('Field of the contact -> column'),
  country: z
    .string()
    .length(2)
    .optional()
    .describe('Of numbers without a country code, such as US; else that of your calling codes'),
  consent: z
    .object({ kind: Name, source: Name, at: Millis })
    .optional()
    .describe('What everybody in the file agreed to, where and when'),
  listId: Id.optional().describe('Everybody in the file goes into this list'),
});
export const StartImport = z.object({ mapping: Mapping });
export const Import = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['contacts', 'suppressions']),
  state: z.enum(STATES),
  bytes: z.number().int(),
  bytesDone: z.number().int(),
  columns: z.array(z.string()),
  mapping: Mapping.nullable().describe('As it was checked or saved last'),
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
  added: z.number().int(),
  changed: z.number().int(),
  duplicates: z.number().int().describe('Rows of somebody who stood in the file before'),
  rejected: z.number().int().describe('Named with line and reason in GET /imports/{id}/result'),
  error: z.string().nullable(),
  createdAt: Millis,
  finishedAt: Millis.nullable(),
});
export const Imports = z.object({ imports: z.array(Import), nextCursor: NextCursor });

export const CreateList = z.object({ name: Name });
export const List = z.object({ id: z.string(), name: z.string(), createdAt: Millis });
export const Lists = z.object({ lists: z.array(List), nextCursor: NextCursor });

export const Suppression = z.object({
  number: z.string(),
  reason: z.enum(['caller_request', 'sms_stop', 'import', 'manual', 'carrier']),
  source: z.string().nullable(),
  createdAt: Millis,
});
export const Suppressions = z.object({
  suppressions: z.array(Suppression),
  nextCursor: NextCursor,
});
export const LiftSuppression = z.object({
  number: z.string().max(40),
  reason: z.string().trim().min(3).max(500).describe('Why; it stands in the audit log'),
});
