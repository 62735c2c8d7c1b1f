import { and, eq } from 'drizzle-orm';
import { scriptVersion } from '../db/schema/script.ts';
import { compileScript } from '../script/compile.ts';
import type { TenantContext } from '../tenants/context.ts';

/** What a published version is warned of, such as DS250: it never says who calls. */
export async function scriptWarnings(
  ctx: TenantContext,
  scriptId: string,
  version: number,
): Promise<readonly { readonly code: string; readonly message: string }[]> {
  const row = await ctx.db.findOne(
    scriptVersion,
    and(eq(scriptVersion.scriptId, scriptId), eq(scriptVersion.version, version)) ??
      eq(scriptVersion.scriptId, scriptId),
  );
  if (row === null) return [];
  const { diagnostics } = await compileScript(row.content, { mode: 'publish' });
  return diagnostics
    .filter(({ severity }) => severity === 'warning')
    .map(({ code, message, line }) => ({ code, message: `Line ${line}: ${message}` }));
}
