import { eq } from 'drizzle-orm';
import { script, scriptVersion } from '../db/schema/script.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import { findScript } from './find-script.ts';
import { preflight } from './preflight.ts';

/** Freezes the draft as the next version; the same words published again give the same version. */
export async function publishScript(
  ctx: TenantContext,
  input: { readonly scriptId: string },
): Promise<{ readonly version: number; readonly hash: string }> {
  const draft = await findScript(ctx, input.scriptId);
  const checked = await preflight(draft.content);
  if (checked.published === null) {
    const broken = checked.tests.filter(({ failure }) => failure !== null);
    throw new DestinyError(
      'script_invalid',
      broken.length === 0
        ? 'The script has errors; mend them and publish again.'
        : 'Tests that stand in the script fail; mend the script or its tests and publish again.',
      { details: [...checked.diagnostics, ...broken] },
    );
  }
  const { flow, hash } = checked.published;
  const current = await currentVersion(ctx, draft.id, draft.publishedVersion);
  if (current !== null && current.hash === hash) return { version: current.version, hash };
  const version = draft.publishedVersion + 1;
  const [added = []] = await ctx.db.batch([
    ctx.db.raw(
      ADD_VERSION,
      draft.id,
      version,
      hash,
      draft.content,
      JSON.stringify(flow),
      ctx.clock.now(),
    ),
    ctx.db.update(script, { publishedVersion: version }, eq(script.id, draft.id)),
  ]);
  // Somebody published at the same moment: look at what is there now.
  return added.length === 0 ? publishScript(ctx, input) : { version, hash };
}

const ADD_VERSION = `INSERT INTO script_version
  (tenant_id, script_id, version, hash, content, flow_json, published_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING RETURNING version`;

async function currentVersion(ctx: TenantContext, scriptId: string, version: number) {
  const versions = await ctx.db.find(scriptVersion, eq(scriptVersion.scriptId, scriptId));
  return versions.find((row) => row.version === version) ?? null;
}
