import { and, eq } from 'drizzle-orm';
import { contactImport } from '../db/schema/import.ts';
import type { Statement } from '../db/statement.ts';
import { DestinyError } from '../shared/errors.ts';
import type { ObjectStore } from '../store/store.ts';
import type { TenantContext } from '../tenants/context.ts';
import { moveNumbers, upsertSql } from './contact-writes.ts';
import { type CsvChunk, readChunk } from './csv.ts';
import { fileKey, findImport, type ImportRow } from './find-import.ts';
import { type ImportJob, nextLease } from './import-lease.ts';
import {
  type ImportedRow,
  isRejection,
  mergeRows,
  type Rejection,
  rowReader,
} from './import-row.ts';

/** What one step holds in memory, several times over; also the longest row. */
const CHUNK_BYTES = 256 * 1024;
/** A parameter of D1 has at most 2 MB. */
const ROWS_PER_STATEMENT = 500;

/**
 * One stretch of the file: its rows and the cursor behind them in one transaction, under the lease.
 * Killed at any moment, it is done again from the cursor. Answers the next step; null at the end,
 * or when the import is somebody else's by now.
 */
export async function importChunk(
  ctx: TenantContext,
  store: ObjectStore,
  job: ImportJob,
): Promise<ImportJob | null> {
  const own = await findImport(ctx, job.importId);
  if (own.leaseUntil !== job.lease || own.format === null || own.mapping === null) return null;
  const { chunk, isLast } = await nextRows(ctx, store, own, own.format);
  const hint = { country: own.mapping.country, callingCode: ctx.tenant.callingCodes[0] };
  const read = chunk.rows.map(rowReader(own.format, own.mapping, hint));
  const rejections = read.filter(isRejection);
  const good = read.filter((row): row is ImportedRow => !isRejection(row));
  const rows = mergeRows(good);
  const lease = nextLease(own.leaseUntil, ctx.clock.now());
  const isMine = [own.id, own.cursor, job.lease] as const;
  const results = await ctx.db.batch([
    ...(rejections.length === 0
      ? []
      : [ctx.db.raw(REJECT, ...isMine, JSON.stringify(rejections satisfies Rejection[]))]),
    ...pages(rows).flatMap((page) => writes(ctx, own, isMine, page)),
    ctx.db.raw(
      MOVE_CURSOR,
      ...[...isMine, chunk.bytes, chunk.lines, rejections.length, good.length - rows.length],
      ...[isLast ? null : lease, isLast ? 1 : 0, ctx.clock.now()],
    ),
  ]);
  const hasMoved = (results.at(-1) ?? []).length > 0;
  return hasMoved && !isLast ? { ...job, lease } : null;
}

async function nextRows(
  ctx: TenantContext,
  store: ObjectStore,
  own: ImportRow,
  format: NonNullable<ImportRow['format']>,
): Promise<{ readonly chunk: CsvChunk; readonly isLast: boolean }> {
  const bytes = await store.getRange(fileKey(ctx, own.id), own.cursor, CHUNK_BYTES);
  if (bytes === null) {
    throw new DestinyError('not_found', 'The file of the import is gone; send it again.');
  }
  const isLast = own.cursor + bytes.length >= own.bytes;
  const chunk = readChunk(bytes, format, own.line, isLast);
  if (!isLast && chunk.bytes === 0) {
    throw new DestinyError(
      'invalid_input',
      `The row on line ${own.line} has no end within ${CHUNK_BYTES} bytes; look for a quote that is not closed.`,
    );
  }
  return { chunk, isLast };
}

function writes(
  ctx: TenantContext,
  own: ImportRow,
  isMine: readonly [string, number, number],
  rows: readonly ImportedRow[],
): Statement[] {
  const { db } = ctx;
  const now = ctx.clock.now();
  if (own.kind === 'suppressions') {
    const numbers = JSON.stringify([...new Set(rows.map(({ number }) => number))]);
    const count = db.raw(COUNT_SUPPRESSIONS, ...isMine, numbers);
    if (own.state === 'checking') return [count];
    return [count, db.raw(SUPPRESS, ...isMine, numbers, own.name, now)];
  }
  const externalIds = rows.map(({ externalId }) => externalId);
  const count = db.raw(COUNT_CONTACTS, ...isMine, JSON.stringify(externalIds));
  if (own.state === 'checking') return [count];
  const consent = own.mapping?.consent ?? null;
  const withIds = rows.map((row) => ({ ...row, consent, id: ctx.newId('con') }));
  const listId = own.mapping?.listId;
  return [
    count,
    db.raw(UPSERT, JSON.stringify(withIds), now, ...isMine),
    moveNumbers(db, externalIds),
    ...(listId === undefined
      ? []
      : [db.raw(INTO_LIST, ...isMine, JSON.stringify(externalIds), listId)]),
  ];
}

/** Ends an import that cannot go on, and says why. */
export async function failImport(
  ctx: TenantContext,
  job: ImportJob,
  message: string,
): Promise<void> {
  const isOwn = and(eq(contactImport.id, job.importId), eq(contactImport.leaseUntil, job.lease));
  if (isOwn === undefined) return;
  const failed = { state: 'failed', error: message, leaseUntil: null } as const;
  await ctx.db.run(ctx.db.update(contactImport, { ...failed, finishedAt: ctx.clock.now() }, isOwn));
}

function pages<T>(rows: readonly T[]): T[][] {
  const count = Math.ceil(rows.length / ROWS_PER_STATEMENT);
  return Array.from({ length: count }, (_, i) =>
    rows.slice(i * ROWS_PER_STATEMENT, (i + 1) * ROWS_PER_STATEMENT),
  );
}

/** Holds until MOVE_CURSOR, the last statement of the batch: a second worker writes nothing. */
const IS_MINE = (id: string, cursor: string, lease: string) =>
  `EXISTS (SELECT 1 FROM contact_import WHERE tenant_id = ?1 AND id = ${id} AND cursor = ${cursor}
    AND lease_until = ${lease})`;

const REJECT = `INSERT INTO import_rejection (tenant_id, import_id, line, code, message)
SELECT ?1, ?2, value->>'line', value->>'code', value->>'message' FROM json_each(?5)
WHERE ${IS_MINE('?2', '?3', '?4')}`;

const COUNT_CONTACTS = `UPDATE contact_import SET
  added = added + found.fresh, changed = changed + found.known, duplicates = duplicates + found.again
FROM (SELECT count(*) FILTER (WHERE c.id IS NULL) AS fresh,
    count(*) FILTER (WHERE c.id IS NOT NULL AND c.import_id IS NOT ?2) AS known,
    count(*) FILTER (WHERE c.import_id = ?2) AS again
  FROM json_each(?5) AS one
  LEFT JOIN contact AS c ON c.tenant_id = ?1 AND c.external_id = one.value) AS found
WHERE tenant_id = ?1 AND contact_import.id = ?2 AND cursor = ?3 AND lease_until = ?4`;

const UPSERT = upsertSql('merge', IS_MINE('?4', '?5', '?6'));

const INTO_LIST = `INSERT INTO contact_list_member (tenant_id, list_id, contact_id)
SELECT ?1, ?6, c.id FROM json_each(?5) AS one
CROSS JOIN contact AS c ON c.tenant_id = ?1 AND c.external_id = one.value
WHERE ${IS_MINE('?2', '?3', '?4')} ON CONFLICT DO NOTHING`;

const COUNT_SUPPRESSIONS = `UPDATE contact_import SET
  added = added + found.fresh, duplicates = duplicates + found.known
FROM (SELECT count(*) FILTER (WHERE s.e164 IS NULL) AS fresh,
    count(*) FILTER (WHERE s.e164 IS NOT NULL) AS known
  FROM json_each(?5) AS one
  LEFT JOIN suppression AS s ON s.tenant_id = ?1 AND s.e164 = one.value) AS found
WHERE tenant_id = ?1 AND id = ?2 AND cursor = ?3 AND lease_until = ?4`;

const SUPPRESS = `INSERT INTO suppression (tenant_id, e164, reason, source, created_at)
SELECT ?1, value, 'import', ?6, ?7 FROM json_each(?5)
WHERE ${IS_MINE('?2', '?3', '?4')} ON CONFLICT DO NOTHING`;

const MOVE_CURSOR = `UPDATE contact_import SET cursor = cursor + ?5, line = line + ?6,
  rejected = rejected + ?7, duplicates = duplicates + ?8, lease_until = ?9,
  state = CASE WHEN ?10 = 0 THEN state WHEN state = 'checking' THEN 'checked' ELSE 'done' END,
  finished_at = CASE WHEN ?10 = 1 THEN ?11 ELSE NULL END
WHERE tenant_id = ?1 AND id = ?2 AND cursor = ?3 AND lease_until = ?4 RETURNING id`;
