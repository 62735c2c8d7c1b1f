import { contactImport, type IMPORT_KINDS } from '../db/schema/import.ts';
import { DestinyError } from '../shared/errors.ts';
import type { ObjectStore } from '../store/store.ts';
import type { TenantContext } from '../tenants/context.ts';
import { readFormat } from './csv.ts';
import { fileKey, findImport, type ImportRow } from './find-import.ts';

export type UploadedFile = {
  readonly body: ReadableStream<Uint8Array>;
  readonly bytes: number;
};

/** A header longer than this is none. */
const HEAD_BYTES = 64 * 1024;

export async function createImport(
  ctx: TenantContext,
  input: { readonly name: string; readonly kind: (typeof IMPORT_KINDS)[number] },
): Promise<ImportRow> {
  const id = ctx.newId('imp');
  await ctx.db.run(
    ctx.db.insert(contactImport, {
      ...{ id, ...input, state: 'waiting', createdAt: ctx.clock.now() },
      ...{ bytes: 0, cursor: 0, line: 1, added: 0, changed: 0, duplicates: 0, rejected: 0 },
    }),
  );
  return findImport(ctx, id);
}

/**
 * Stores the file of an import as it comes in, and reads its header. Sent again, it replaces the
 * file before, until the import runs.
 */
export async function receiveFile(
  ctx: TenantContext,
  store: ObjectStore,
  importId: string,
  file: UploadedFile,
): Promise<ImportRow> {
  const own = await findImport(ctx, importId);
  if (!['waiting', 'uploaded', 'checked', 'failed'].includes(own.state)) {
    await file.body.cancel();
    throw new DestinyError(
      'conflict',
      `The import "${own.name}" is ${own.state}; make a new one for another file.`,
    );
  }
  const watch = utf8Watch();
  const key = fileKey(ctx, own.id);
  await store.putStream(key, file.body.pipeThrough(watch.stream), file.bytes, 'text/csv');
  const head = await store.getRange(key, 0, HEAD_BYTES);
  const format = readFormat(head ?? new Uint8Array(), watch.isUtf8() ? 'utf-8' : 'windows-1252');
  await ctx.db.run(
    ctx.db.raw(FILE_IS_THERE, own.id, file.bytes, JSON.stringify(format), own.state),
  );
  return findImport(ctx, own.id);
}

/** Excel saves windows-1252 unless told otherwise; one wrong byte is enough to know. */
function utf8Watch() {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let isUtf8 = true;
  const look = (chunk?: Uint8Array) => {
    try {
      if (isUtf8) decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      isUtf8 = false;
    }
  };
  const stream = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      look(chunk);
      controller.enqueue(chunk);
    },
    flush: () => look(),
  });
  return { stream, isUtf8: () => isUtf8 };
}

const FILE_IS_THERE = `UPDATE contact_import
SET state = 'uploaded', bytes = ?3, format = ?4, mapping = NULL, error = NULL
WHERE tenant_id = ?1 AND id = ?2 AND state = ?5`;
