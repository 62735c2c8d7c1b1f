import { utf8 } from '../shared/bytes.ts';
import { csvLine } from '../shared/csv-line.ts';
import type { TenantContext } from '../tenants/context.ts';
import type { FindCalls } from './find-calls.ts';
import { type CallRow, listCalls } from './list-calls.ts';

/** A Worker may ask D1 a thousand times an invocation: this is millions of calls. */
const PAGE_ROWS = 5_000;
const HEADER = [
  ...[
    'id',
    'direction',
    'from',
    'to',
    'status',
    'outcome',
    'begun',
    'answered',
    'ended',
    'seconds',
  ],
  ...['answeredBy', 'campaign', 'contact', 'twilioSid', 'errorCode', 'costUsd', 'isCostFinal'],
];

/** The ledger as CSV, newest first; read page by page as it is taken. */
export async function exportCalls(
  ctx: TenantContext,
  filters: FindCalls,
): Promise<{ readonly stream: ReadableStream<Uint8Array>; readonly name: string }> {
  let cursor: string | undefined;
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(utf8(csvLine(HEADER))),
    async pull(controller) {
      for (;;) {
        const page = await listCalls(ctx, { ...filters, cursor, limit: PAGE_ROWS });
        cursor = page.nextCursor ?? undefined;
        if (page.calls.length > 0) controller.enqueue(utf8(page.calls.map(lineOf).join('')));
        if (cursor === undefined) return controller.close();
        // A page with nothing in it would not be asked for again by itself.
        if (page.calls.length > 0) return;
      }
    },
  });
  return { stream, name: 'calls.csv' };
}

function lineOf(call: CallRow): string {
  return csvLine([
    ...[call.id, call.direction, call.fromNumber, call.toNumber, call.status, call.outcome],
    ...[call.createdAt, call.answeredAt, call.endedAt].map(written),
    ...[call.durationSeconds, call.answeredBy, call.campaignId, call.contactId, call.twilioSid],
    ...[call.errorCode, (call.costMicros / 1e6).toFixed(6), call.isCostFinal ? 'yes' : 'no'],
  ]);
}

const written = (at: number | null) => (at === null ? null : new Date(at).toISOString());
