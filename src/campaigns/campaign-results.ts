import { utf8 } from '../shared/bytes.ts';
import { csvLine } from '../shared/csv-line.ts';
import type { TenantContext } from '../tenants/context.ts';
import { findCampaign } from './find-campaign.ts';
import { listEnrolments } from './list-enrolments.ts';

/** A Worker may ask D1 a thousand times an invocation: this is two million contacts. */
const PAGE_ROWS = 2_000;
const HEADER = ['contact', 'externalId', 'number', 'state', 'attempts', 'result', 'nextDueAt'];

/** Where each contact stands, as CSV; read page by page as it is taken. */
export async function campaignResults(
  ctx: TenantContext,
  campaignId: string,
): Promise<{ readonly stream: ReadableStream<Uint8Array>; readonly name: string }> {
  const own = await findCampaign(ctx, campaignId);
  let cursor = '';
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(utf8(csvLine(HEADER))),
    async pull(controller) {
      const rows = await listEnrolments(ctx, { campaignId: own.id, cursor, limit: PAGE_ROWS });
      const lines = rows.map((row) =>
        csvLine([
          ...[row.contactId, row.externalId, row.number, row.state, row.attempts, row.reason],
          row.dueAt === null ? null : new Date(row.dueAt).toISOString(),
        ]),
      );
      if (lines.length > 0) controller.enqueue(utf8(lines.join('')));
      cursor = rows.at(-1)?.contactId ?? cursor;
      if (rows.length < PAGE_ROWS) controller.close();
    },
  });
  return { stream, name: `${own.name}-results.csv` };
}
