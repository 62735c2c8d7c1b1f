import { findImport, type ImportRow, listImports } from '../../../contacts/find-import.ts';
import { importResult } from '../../../contacts/import-result.ts';
import { createList, listLists } from '../../../contacts/lists.ts';
import { createImport, receiveFile } from '../../../contacts/receive-file.ts';
import { cancelImport, startImport } from '../../../contacts/start-import.ts';
import { liftSuppression, listSuppressions } from '../../../contacts/suppressions.ts';
import type { IMPORT_ROUTES } from '../../../contract/routes/import.ts';
import type { HandlersOf } from '../context.ts';
import { nextCursor } from '../page.ts';

const idOf = (row: { readonly id: string }) => row.id;

export const importHandlers: HandlersOf<typeof IMPORT_ROUTES> = {
  listImports: async ({ tenant }, { query }) => {
    const rows = await listImports(tenant, query);
    return { imports: rows.map(shown), nextCursor: nextCursor(rows, query.limit, idOf) };
  },
  createImport: async ({ tenant, note }, { body }) => {
    note({ detail: body });
    return shown(await createImport(tenant, body));
  },
  readImport: async ({ tenant }, { params }) => shown(await findImport(tenant, params.id)),
  uploadImport: async ({ deps, tenant, note }, { params, upload }) => {
    note({ detail: { bytes: upload.bytes } });
    return shown(await receiveFile(tenant, deps.store, params.id, upload));
  },
  checkImport: async ({ deps, tenant }, { params, body }) => {
    const input = { importId: params.id, state: 'checking', mapping: body.mapping } as const;
    return shown(await startImport(tenant, deps.imports, input));
  },
  runImport: async ({ deps, tenant, note }, { params, body }) => {
    note({ detail: body });
    const input = { importId: params.id, state: 'running', mapping: body.mapping } as const;
    return shown(await startImport(tenant, deps.imports, input));
  },
  cancelImport: async ({ tenant }, { params }) => shown(await cancelImport(tenant, params.id)),
  readImportResult: async ({ tenant }, { params }) => importResult(tenant, params.id),
  listLists: async ({ tenant }, { query }) => {
    const lists = await listLists(tenant, query);
    return { lists, nextCursor: nextCursor(lists, query.limit, idOf) };
  },
  createList: async ({ tenant }, { body }) => createList(tenant, body),
  listSuppressions: async ({ tenant }, { query }) => {
    const rows = await listSuppressions(tenant, query);
    return {
      suppressions: rows,
      nextCursor: nextCursor(rows, query.limit, ({ number }) => number),
    };
  },
  liftSuppression: async ({ tenant, note }, { body }) => {
    const was = await liftSuppression(tenant, body.number);
    note({ target: body.number, detail: { reason: body.reason, was } });
    return undefined;
  },
};

function shown(row: ImportRow) {
  const { id, name, kind, state, bytes, cursor, added, changed, duplicates, rejected } = row;
  const { error, createdAt, finishedAt, format, mapping } = row;
  return {
    ...{ id, name, kind, state, bytes, bytesDone: cursor, added, changed, duplicates, rejected },
    ...{ error, createdAt, finishedAt, mapping, columns: [...(format?.columns ?? [])] },
    encoding: format?.encoding ?? null,
    delimiter: format?.delimiter ?? null,
  };
}
