import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import { findScript, findVersion, type ScriptRow } from './find-script.ts';

/** Changes a draft that nobody else has changed since `revision`. */
export async function editScript(
  ctx: TenantContext,
  input: {
    readonly scriptId: string;
    readonly revision: number;
    readonly name?: string | undefined;
    readonly content?: string | undefined;
  },
): Promise<ScriptRow> {
  const before = await findScript(ctx, input.scriptId);
  const changed = await ctx.db.run(
    ctx.db.raw(
      EDIT,
      before.id,
      input.revision,
      input.name ?? before.name,
      input.content ?? before.content,
      ctx.clock.now(),
    ),
  );
  if (changed > 0) return findScript(ctx, before.id);
  throw new DestinyError(
    'precondition_failed',
    'The script was changed in the meantime; read it again, and send its ETag as If-Match.',
  );
}

/** Makes the draft what a published version was; the version itself never changes. */
export async function restoreVersion(
  ctx: TenantContext,
  input: { readonly scriptId: string; readonly version: number; readonly revision: number },
): Promise<ScriptRow> {
  const { content } = await findVersion(ctx, input);
  return editScript(ctx, { ...input, content });
}

const EDIT = `UPDATE script SET name = ?4, content = ?5, updated_at = ?6, revision = revision + 1
WHERE tenant_id = ?1 AND id = ?2 AND revision = ?3`;
