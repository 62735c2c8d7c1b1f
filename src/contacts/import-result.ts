import { and, asc, eq, gt } from 'drizzle-orm';
import { importRejection } from '../db/schema/import.ts';
import { utf8 } from '../shared/bytes.ts';
import { csvLine } from '../shared/csv-line.ts';
import type { TenantContext } from '../tenants/context.ts';
import { findImport } from './find-import.ts';

const PAGE_ROWS = 1000;

/** The refused rows as CSV, read page by page as it is taken. */
export async function importResult(
  ctx: TenantContext,
  importId: string,
): Promise<{ readonly stream: ReadableStream<Uint8Array>; readonly name: string }> {
  const own = await findImport(ctx, importId);
  let after = 0;
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(utf8(csvLine(['line', 'code', 'reason']))),
    async pull(controller) {
      const where = and(eq(importRejection.importId, own.id), gt(importRejection.line, after));
      const rows = await ctx.db.find(importRejection, where, {
        orderBy: asc(importRejection.line),
        limit: PAGE_ROWS,
      });
      const lines = rows.map((row) => csvLine([String(row.line), row.code, row.message]));
      if (lines.length > 0) controller.enqueue(utf8(lines.join('')));
      after = rows.at(-1)?.line ?? after;
      if (rows.length < PAGE_ROWS) controller.close();
    },
  });
  return { stream, name: `${own.name}-refused.csv` };
}
