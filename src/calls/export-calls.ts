import { utf8 } from '../shared/bytes.ts';
import { csvLine } from '../shared/csv-line.ts';
import type { TenantContext } from '../tenants/context.ts';
import { type CallRow, type ListCallsInput, listCalls } from './list-calls.ts';

/** A request may ask a database a thousand times; a million calls take a fraction of that. */
const PAGE_ROWS = 5000;

const COLUMNS = [
  'id',
  'direction',
  'createdAt',
  'answeredAt',
  'endedAt',
  'durationSeconds',
  'status',
  'outcome',
  'errorCode',
  'answeredBy',
  'fromNumber',
  'toNumber',
  'campaignId',
  'contactId',
  'scriptId',
  'scriptVersion',
  'twilioSid',
  'costUsd',
] as const;

/** What `listCalls` lists under the same filter, as CSV; read page by page as it is taken. */
export function exportCalls(
  ctx: TenantContext,
  filter: Omit<ListCallsInput, 'cursor' | 'limit'>,
): { readonly stream: ReadableStream<Uint8Array>; readonly name: string } {
  let cursor: string | undefined;
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(utf8(csvLine(COLUMNS))),
    async pull(controller) {
      let lines = '';
      do {
        const page = await listCalls(ctx, { ...filter, cursor, limit: PAGE_ROWS });
        lines = page.calls.map(lineOf).join('');
        cursor = page.nextCursor ?? undefined;
      } while (lines === '' && cursor !== undefined);
      if (lines !== '') controller.enqueue(utf8(lines));
      if (cursor === undefined) controller.close();
    },
  });
  return { stream, name: 'calls.csv' };
}

function lineOf(row: CallRow): string {
  const shown: Readonly<Record<(typeof COLUMNS)[number], string | number | null>> = {
    ...row,
    createdAt: timeOf(row.createdAt),
    answeredAt: timeOf(row.answeredAt),
    endedAt: timeOf(row.endedAt),
    costUsd: row.costMicros / 1_000_000,
  };
  return csvLine(COLUMNS.map((column) => shown[column]));
}

function timeOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
