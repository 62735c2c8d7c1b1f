import * as z from 'zod';

export const Id = z.string().min(1).max(64);
export const Name = z.string().trim().min(1).max(200);
export const Zone = z.string().min(1).max(64).describe('IANA time zone such as America/New_York');
export const Minute = z.number().int().min(0).max(1440).describe('Minutes after local midnight');
export const E164 = z.string().max(40).describe('E.164 number such as +15551234567');
export const Values = z.record(z.string().min(1).max(64), z.string().max(2000));
export const Millis = z.number().int().describe('Milliseconds since the Unix epoch, UTC');
export const Revision = z
  .number()
  .int()
  .describe('Grows with every change; also the ETag, to be sent back as If-Match');

export const ById = z.object({ id: Id });

/** The page after `cursor`, which is `nextCursor` of the page before. */
export const Page = z.object({
  cursor: z.string().min(1).max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

export const NextCursor = z.string().nullable().describe('Null on the last page');

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string(),
    requestId: z.string(),
    errors: z.array(z.record(z.string(), z.unknown())).optional(),
  })
  .describe('RFC 9457 problem details');
