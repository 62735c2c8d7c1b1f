import { sql } from 'drizzle-orm';
import { campaign } from '../db/schema/campaign.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import { type CampaignSettings, columnsOf } from './campaign-settings.ts';
import { type CampaignRow, findCampaign } from './find-campaign.ts';

/**
 * Changes a draft that nobody else has changed since `revision`. Its script may say other words
 * now, so everybody in it waits for speech once more; what was made is not made again.
 */
export async function editCampaign(
  ctx: TenantContext,
  input: {
    readonly campaignId: string;
    readonly revision: number;
    readonly changes: { readonly [K in keyof CampaignSettings]?: CampaignSettings[K] | undefined };
  },
  tenantOfNumber: (e164: string) => Promise<string | null>,
): Promise<CampaignRow> {
  const own = await findDraft(ctx, input.campaignId, 'changed');
  const said = Object.entries(input.changes).filter(([, value]) => value !== undefined);
  const columns = await columnsOf(ctx, { ...own, ...Object.fromEntries(said) }, tenantOfNumber);
  const isSame = sql`${campaign.id} = ${own.id} AND ${campaign.state} = 'draft'
    AND ${campaign.revision} = ${input.revision}`;
  const next = { ...columns, revision: input.revision + 1, isPrimed: false, primedUpTo: null };
  const update = ctx.db.update(campaign, { ...next, primeLeaseUntil: null }, isSame);
  const [, [changed] = []] = await ctx.db.batch([
    ctx.db.raw(WAIT_AGAIN, own.id, input.revision),
    { ...update, sql: `${update.sql} RETURNING id` },
  ]);
  if (changed !== undefined) return findCampaign(ctx, own.id);
  throw new DestinyError(
    'precondition_failed',
    'The campaign was changed in the meantime; read it again, and send its ETag as If-Match.',
  );
}

/** A draft nobody was called for is gone as if it had never been. */
export async function deleteDraft(ctx: TenantContext, campaignId: string): Promise<void> {
  const own = await findDraft(ctx, campaignId, 'deleted');
  await ctx.db.batch([ctx.db.raw(DELETE_PEOPLE, own.id), ctx.db.raw(DELETE, own.id)]);
}

async function findDraft(ctx: TenantContext, id: string, deed: string): Promise<CampaignRow> {
  const own = await findCampaign(ctx, id);
  if (own.state === 'draft' && own.kind === 'list') return own;
  throw new DestinyError(
    'conflict',
    `The campaign "${own.name}" is ${own.state}; only a draft can be ${deed}.`,
  );
}

const WAIT_AGAIN = `UPDATE enrolment SET state = 'pending', due_at = NULL, reason = NULL
WHERE tenant_id = ?1 AND campaign_id = ?2 AND state IN ('due', 'skipped') AND EXISTS (
  SELECT 1 FROM campaign WHERE tenant_id = ?1 AND id = ?2 AND state = 'draft' AND revision = ?3)`;

const DELETE_PEOPLE = `DELETE FROM enrolment WHERE tenant_id = ?1 AND campaign_id = ?2
AND EXISTS (SELECT 1 FROM campaign WHERE tenant_id = ?1 AND id = ?2 AND state = 'draft')`;

const DELETE = "DELETE FROM campaign WHERE tenant_id = ?1 AND id = ?2 AND state = 'draft'";
