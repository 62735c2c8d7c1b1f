import * as z from 'zod';
import { Id, Millis, Name, NextCursor, Page, Revision } from './common.ts';

const Content = z.string().max(500_000);

export const Diagnostic = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  suggestion: z.string().optional(),
});
export const SaveScript = z.object({ name: Name, content: Content });
export const SavedScript = z.object({ id: z.string(), diagnostics: z.array(Diagnostic) });
export const EditScript = SaveScript.partial();

const Head = {
  id: z.string(),
  name: z.string(),
  publishedVersion: z.number().int().describe('0 before the first publish'),
  revision: Revision,
  createdAt: Millis,
  updatedAt: Millis,
};
export const ScriptHead = z.object(Head);
export const Scripts = z.object({ scripts: z.array(ScriptHead), nextCursor: NextCursor });
export const Script = z.object({
  ...Head,
  content: z.string(),
  diagnostics: z.array(Diagnostic),
});

const TestOutcome = z.object({
  name: z.string(),
  failure: z.object({ line: z.number().int(), message: z.string() }).nullable(),
});
export const Preflight = z.object({
  canPublish: z.boolean(),
  diagnostics: z.array(Diagnostic),
  tests: z.array(TestOutcome),
  speech: z
    .object({
      staticSentences: z.number().int(),
      dynamicSentences: z.number().int(),
      liveSentences: z.number().int(),
      chars: z.number().int(),
      usd: z.number(),
    })
    .nullable()
    .describe('What has to be spoken for one contact; null when nothing compiles'),
});
/** Failing tests of the script do not keep it back. */
export const PublishAnyway = z.object({
  overrideTests: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
});
export const Published = z.object({ version: z.number().int(), hash: z.string() });

export const VersionHead = z.object({
  version: z.number().int(),
  hash: z.string(),
  publishedAt: Millis,
});
export const Versions = z.object({ versions: z.array(VersionHead), nextCursor: NextCursor });
export const Version = VersionHead.extend({ content: z.string() });
export const VersionOf = z.object({ id: Id, version: z.coerce.number().int().min(1) });
export const ListVersions = Page;

export const DiffVersions = z.object({
  from: z.coerce.number().int().min(1),
  to: z.coerce.number().int().min(0).default(0).describe('0: the draft'),
});
export const Diff = z.object({
  lines: z.array(
    z.object({
      kind: z.enum(['same', 'added', 'removed']),
      text: z.string(),
    }),
  ),
});
