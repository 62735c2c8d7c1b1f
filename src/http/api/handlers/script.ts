import type { SCRIPT_ROUTES } from '../../../contract/routes/script.ts';
import { compileScript } from '../../../script/compile.ts';
import type { Diagnostic } from '../../../script/diagnostic.ts';
import { diffLines } from '../../../scripts/diff-lines.ts';
import { editScript, restoreVersion } from '../../../scripts/edit-script.ts';
import {
  findScript,
  findVersion,
  listScripts,
  listVersions,
  type ScriptRow,
} from '../../../scripts/find-script.ts';
import { preflight } from '../../../scripts/preflight.ts';
import { publishScript } from '../../../scripts/publish-script.ts';
import { saveScript } from '../../../scripts/save-script.ts';
import type { HandlersOf } from '../context.ts';
import { nextCursor } from '../page.ts';

export const scriptHandlers: HandlersOf<typeof SCRIPT_ROUTES> = {
  listScripts: async ({ tenant }, { query }) => {
    const rows = await listScripts(tenant, query);
    return { scripts: rows.map(headOf), nextCursor: nextCursor(rows, query.limit, ({ id }) => id) };
  },
  saveScript: async ({ tenant }, { body }) => {
    const { id, diagnostics } = await saveScript(tenant, body);
    return { id, diagnostics: diagnostics.map(shown) };
  },
  readScript: async ({ tenant }, { params }) => scriptOf(await findScript(tenant, params.id)),
  editScript: async ({ tenant }, { params, body, revision }) =>
    scriptOf(await editScript(tenant, { scriptId: params.id, revision, ...body })),
  preflightScript: async ({ tenant }, { params }) => {
    const { content } = await findScript(tenant, params.id);
    const { canPublish, diagnostics, tests, speech } = await preflight(content);
    return { canPublish, diagnostics: diagnostics.map(shown), tests: [...tests], speech };
  },
  publishScript: async ({ tenant, note }, { params, query }) => {
    const published = await publishScript(tenant, { scriptId: params.id, ...query });
    note({ detail: { ...published, ...query } });
    return published;
  },
  listVersions: async ({ tenant }, { params, query }) => {
    const rows = await listVersions(tenant, params.id, query);
    return {
      versions: rows.map(({ version, hash, publishedAt }) => ({ version, hash, publishedAt })),
      nextCursor: nextCursor(rows, query.limit, ({ version }) => String(version)),
    };
  },
  readVersion: async ({ tenant }, { params }) => {
    const row = await findVersion(tenant, { scriptId: params.id, version: params.version });
    const { version, hash, publishedAt, content } = row;
    return { version, hash, publishedAt, content };
  },
  diffScript: async ({ tenant }, { params, query }) => {
    const before = await findVersion(tenant, { scriptId: params.id, version: query.from });
    const after =
      query.to === 0
        ? await findScript(tenant, params.id)
        : await findVersion(tenant, { scriptId: params.id, version: query.to });
    return { lines: diffLines(before.content, after.content) };
  },
  restoreVersion: async ({ tenant, note }, { params, revision }) => {
    note({ detail: { version: params.version } });
    const { id: scriptId, version } = params;
    return scriptOf(await restoreVersion(tenant, { scriptId, version, revision }));
  },
};

function headOf(row: ScriptRow) {
  const { id, name, publishedVersion, revision, createdAt, updatedAt } = row;
  return { id, name, publishedVersion, revision, createdAt, updatedAt };
}

async function scriptOf(row: ScriptRow) {
  const { diagnostics } = await compileScript(row.content, { mode: 'draft' });
  return { ...headOf(row), content: row.content, diagnostics: diagnostics.map(shown) };
}

function shown({ code, severity, message, line, column, suggestion }: Diagnostic) {
  return {
    ...{ code, severity, message, line, column },
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}
