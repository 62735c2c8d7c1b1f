import { script } from '../db/schema/script.ts';
import { compileScript } from '../script/compile.ts';
import type { Diagnostic } from '../script/diagnostic.ts';
import type { TenantContext } from '../tenants/context.ts';

/** Keeps a draft as it stands, and says what is wrong with it; a draft may have errors. */
export async function saveScript(
  ctx: TenantContext,
  input: { readonly name: string; readonly content: string },
): Promise<{ readonly id: string; readonly diagnostics: readonly Diagnostic[] }> {
  const { diagnostics } = await compileScript(input.content, { mode: 'draft' });
  const id = ctx.newId('scr');
  const now = ctx.clock.now();
  await ctx.db.run(
    ctx.db.insert(script, { id, ...input, publishedVersion: 0, createdAt: now, updatedAt: now }),
  );
  return { id, diagnostics };
}
