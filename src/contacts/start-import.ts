import { eq } from 'drizzle-orm';
import { contactList } from '../db/schema/contact.ts';
import { contactImport, type ImportMapping } from '../db/schema/import.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import { findImport, type ImportRow, type ImportState } from './find-import.ts';
import { type ImportQueue, nextLease } from './import-lease.ts';
import { isKnownCountry } from './parse-number.ts';

/** A run may overtake the dry run: that one finds its lease changed. */
const STARTABLE: readonly ImportState[] = [
  'uploaded',
  'checking',
  'checked',
  'failed',
  'cancelled',
];

/**
 * Reads the file from its first row: `checking` only tells what would be refused, `running`
 * writes. The lease is committed first, so a message that is lost is sent again by cron.
 */
export async function startImport(
  ctx: TenantContext,
  queue: ImportQueue,
  input: {
    readonly importId: string;
    readonly state: 'checking' | 'running';
    readonly mapping: ImportMapping;
  },
): Promise<ImportRow> {
  const own = await findImport(ctx, input.importId);
  if (own.format === null || !STARTABLE.includes(own.state)) {
    throw cannotStart(own);
  }
  await checkMapping(ctx, own, input.mapping);
  const lease = nextLease(own.leaseUntil, ctx.clock.now());
  const { headerBytes, headerLines } = own.format;
  const [started = []] = await ctx.db.batch([
    ctx.db.raw(
      START,
      ...[own.id, input.state, JSON.stringify(input.mapping), headerBytes, 1 + headerLines],
      ...[lease, JSON.stringify(STARTABLE)],
    ),
    ctx.db.raw(FORGET_REJECTIONS, own.id, lease),
  ]);
  if (started.length === 0) throw cannotStart(await findImport(ctx, own.id));
  await queue.send({ tenantId: ctx.tenant.id, importId: own.id, lease });
  return findImport(ctx, own.id);
}

function cannotStart(own: ImportRow): DestinyError {
  return new DestinyError(
    'conflict',
    `The import "${own.name}" is ${own.state}, so it cannot be started; a new one needs its file first.`,
  );
}

async function checkMapping(
  ctx: TenantContext,
  own: ImportRow,
  mapping: ImportMapping,
): Promise<void> {
  const named = [
    mapping.number,
    ...[mapping.externalId, mapping.timeZone].filter((name) => name !== undefined),
    ...Object.values(mapping.fields),
  ];
  const unknown = named.find((name) => !own.format?.columns.includes(name));
  if (unknown !== undefined) {
    throw new DestinyError('invalid_input', `The file has no column "${unknown}".`);
  }
  if (mapping.country !== undefined && !isKnownCountry(mapping.country)) {
    throw new DestinyError(
      'invalid_input',
      `"${mapping.country}" is no country; write it like US.`,
    );
  }
  if (mapping.listId === undefined) return;
  if ((await ctx.db.findOne(contactList, eq(contactList.id, mapping.listId))) === null) {
    throw new DestinyError('not_found', `There is no list ${mapping.listId}.`);
  }
}

/** What was written stays; no further row is. */
export async function cancelImport(ctx: TenantContext, importId: string): Promise<ImportRow> {
  const own = await findImport(ctx, importId);
  if (own.state === 'done') {
    throw new DestinyError('conflict', `The import "${own.name}" is done already.`);
  }
  await ctx.db.run(
    ctx.db.update(
      contactImport,
      { state: 'cancelled', leaseUntil: null, finishedAt: ctx.clock.now() },
      eq(contactImport.id, own.id),
    ),
  );
  return findImport(ctx, own.id);
}

const START = `UPDATE contact_import SET state = ?3, mapping = ?4, cursor = ?5, line = ?6,
  lease_until = ?7, added = 0, changed = 0, duplicates = 0, rejected = 0, error = NULL,
  finished_at = NULL
WHERE tenant_id = ?1 AND id = ?2 AND state IN (SELECT value FROM json_each(?8)) RETURNING id`;

const FORGET_REJECTIONS = `DELETE FROM import_rejection WHERE tenant_id = ?1 AND import_id = ?2
AND EXISTS (SELECT 1 FROM contact_import WHERE tenant_id = ?1 AND id = ?2 AND lease_until = ?3)`;
