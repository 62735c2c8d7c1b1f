import { eq } from 'drizzle-orm';
import { script, scriptVersion } from '../db/schema/script.ts';
import type { TestOutcome } from '../script/run-tests.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import { findScript } from './find-script.ts';
import { preflight } from './preflight.ts';

/**
 * Freezes the draft as the next version; the same words published again give the same version. A
 * test of the script that fails refuses the publish unless the caller overrides it.
 */
export async function publishScript(
  ctx: TenantContext,
  input: { readonly scriptId: string; readonly overrideTests?: boolean },
): Promise<{ readonly version: number; readonly hash: string }> {
  const draft = await findScript(ctx, input.scriptId);
  const { published, diagnostics, tests } = await preflight(draft.content);
  if (published === null) {
    throw new DestinyError(
      'script_invalid',
      'The script has errors; mend them and publish again.',
      { details: diagnostics },
    );
  }
  if (input.overrideTests !== true) refuseFailures(tests);
  const { flow, hash } = published;
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

function refuseFailures(outcomes: readonly TestOutcome[]): void {
  const failures = outcomes.flatMap(({ name, failure }) =>
    failure === null ? [] : [{ name, ...failure }],
  );
  if (failures.length === 0) return;
  throw new DestinyError(
    'script_tests_failed',
    'A test of the script fails; mend the script or the test, or publish with `overrideTests=true`.',
    { details: failures },
  );
}

const ADD_VERSION = `INSERT INTO script_version
  (tenant_id, script_id, version, hash, content, flow_json, published_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING RETURNING version`;

async function currentVersion(ctx: TenantContext, scriptId: string, version: number) {
  const versions = await ctx.db.find(scriptVersion, eq(scriptVersion.scriptId, scriptId));
  return versions.find((row) => row.version === version) ?? null;
}
