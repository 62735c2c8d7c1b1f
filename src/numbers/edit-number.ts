import { eq } from 'drizzle-orm';
import { phoneNumber } from '../db/schema/control.ts';
import { script } from '../db/schema/script.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';

export type NumberRow = typeof phoneNumber.$inferSelect;

export async function findNumber(ctx: TenantContext, id: string): Promise<NumberRow> {
  const found = await ctx.control.findOne(phoneNumber, eq(phoneNumber.id, id));
  if (found !== null) return found;
  throw new DestinyError('not_found', `There is no number ${id}; check the identifier.`);
}

/**
 * Says what answers a number, and whether its calls are recorded. `answeredBy` is the version whose
 * speech has to exist; null when nothing answers.
 */
export async function editNumber(
  ctx: TenantContext,
  input: {
    readonly numberId: string;
    readonly revision: number;
    readonly inboundScriptId?: string | null | undefined;
    readonly recordsCalls?: boolean | undefined;
  },
): Promise<{
  readonly number: NumberRow;
  readonly answeredBy: { readonly scriptId: string; readonly version: number } | null;
}> {
  const before = await findNumber(ctx, input.numberId);
  const scriptId =
    input.inboundScriptId === undefined ? before.inboundScriptId : input.inboundScriptId;
  const answeredBy = scriptId === null ? null : await publishedScript(ctx, scriptId);
  const recordsCalls = input.recordsCalls ?? before.recordsCalls;
  const changed = await ctx.control.run(
    ctx.control.raw(EDIT, before.id, input.revision, scriptId, recordsCalls ? 1 : 0),
  );
  if (changed === 1) return { number: await findNumber(ctx, before.id), answeredBy };
  throw new DestinyError(
    'precondition_failed',
    'The number was changed in the meantime; read it again, and send its ETag as If-Match.',
  );
}

async function publishedScript(ctx: TenantContext, scriptId: string) {
  const own = await ctx.db.findOne(script, eq(script.id, scriptId));
  if (own === null) {
    throw new DestinyError('not_found', `There is no script ${scriptId}; check the identifier.`);
  }
  if (own.publishedVersion === 0) {
    throw new DestinyError('conflict', `Publish the script "${own.name}" before a number uses it.`);
  }
  return { scriptId, version: own.publishedVersion };
}

const EDIT = `UPDATE phone_number SET inbound_script_id = ?4, records_calls = ?5,
  revision = revision + 1
WHERE tenant_id = ?1 AND id = ?2 AND revision = ?3`;
