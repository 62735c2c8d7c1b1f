import { and, eq, sql } from 'drizzle-orm';
import { campaign } from '../db/schema/campaign.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import {
  type CampaignSettings,
  checkedSettings,
  type TenantOfNumber,
} from './campaign-settings.ts';
import { publishedScript } from './create-campaign.ts';
import { type CampaignRow, findCampaign } from './find-campaign.ts';

type Given = Omit<CampaignSettings, 'fromNumber'> & { readonly fromNumber?: string | undefined };

export type EditCampaignInput = Given & {
  readonly campaignId: string;
  readonly revision: number;
  readonly name?: string | undefined;
  readonly scriptId?: string | undefined;
};

/**
 * Changes a draft that nobody else has changed since `revision`. With another script or other
 * values its speech is made anew, and who was left out for want of a value is looked at again.
 */
export async function editCampaign(
  ctx: TenantContext,
  input: EditCampaignInput,
  tenantOfNumber: TenantOfNumber,
): Promise<CampaignRow> {
  const { campaignId, revision, name, scriptId, ...given } = input;
  const own = await findCampaign(ctx, campaignId);
  refuseBegun(own);
  const settings = await checkedSettings(ctx, merged(own, given), tenantOfNumber);
  const script = scriptId === undefined ? null : await publishedScript(ctx, scriptId);
  const saysAnother = script !== null || given.variables !== undefined;
  const change = {
    ...settings,
    name: name ?? own.name,
    scriptId: script?.id ?? own.scriptId,
    scriptVersion: script?.publishedVersion ?? own.scriptVersion,
    revision: revision + 1,
    ...(saysAnother ? { isPrimed: false, primedUpTo: null, primeLeaseUntil: null } : {}),
  };
  const isOurs = and(
    eq(campaign.id, own.id),
    eq(campaign.revision, revision),
    eq(campaign.state, 'draft'),
  );
  const done = await ctx.db.batch([
    ...(saysAnother ? [ctx.db.raw(LOOK_AGAIN, own.id, revision)] : []),
    ctx.db.update(campaign, change, isOurs ?? sql`false`),
    ctx.db.raw(IS_CHANGED, own.id),
  ]);
  const after = await findCampaign(ctx, own.id);
  if (done.at(-1)?.length === 1) return after;
  refuseBegun(after);
  throw new DestinyError(
    'precondition_failed',
    'The campaign was changed in the meantime; read it again, and send its ETag as If-Match.',
  );
}

/** A page of rows is far below what D1 does in a statement. */
const PAGE_CONTACTS = 5000;

/** A draft goes with all that was put into it; repeating it after a failure takes the rest. */
export async function deleteCampaign(ctx: TenantContext, campaignId: string): Promise<void> {
  const own = await findCampaign(ctx, campaignId);
  refuseBegun(own);
  for (;;) {
    const [gone = [], last = []] = await ctx.db.batch([
      ctx.db.raw(DELETE_ENROLMENTS, own.id, PAGE_CONTACTS),
      ctx.db.raw(DELETE_DRAFT, own.id),
    ]);
    if (last.length === 1) return;
    if (gone.length === 0) throw begun(await findCampaign(ctx, own.id));
  }
}

function refuseBegun(own: CampaignRow): void {
  if (own.state !== 'draft') throw begun(own);
}

function begun({ name, state }: CampaignRow): DestinyError {
  return new DestinyError(
    'conflict',
    `The campaign "${name}" is ${state}; only a draft can be changed or deleted.`,
  );
}

/** What was given takes the place of what is there; null takes a limit away. */
function merged(own: CampaignRow, given: Given): CampaignSettings {
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { ...own, ...set, fromNumber: given.fromNumber ?? own.fromNumber };
}

const LOOK_AGAIN = `UPDATE enrolment SET state = 'pending', due_at = NULL, reason = NULL
WHERE tenant_id = ?1 AND campaign_id = ?2 AND state IN ('due', 'skipped')
  AND EXISTS (SELECT 1 FROM campaign AS c WHERE c.tenant_id = ?1 AND c.id = ?2
              AND c.state = 'draft' AND c.revision = ?3)`;

/** changes() is what the edit, right before it in the transaction, changed: one row or none. */
const IS_CHANGED = `SELECT id FROM campaign
WHERE tenant_id = ?1 AND id = ?2 AND changes() = 1`;

const DELETE_ENROLMENTS = `DELETE FROM enrolment
WHERE tenant_id = ?1 AND campaign_id = ?2 AND contact_id IN (
  SELECT contact_id FROM enrolment WHERE tenant_id = ?1 AND campaign_id = ?2 LIMIT ?3)
  AND EXISTS (SELECT 1 FROM campaign AS c WHERE c.tenant_id = ?1 AND c.id = ?2
              AND c.state = 'draft') RETURNING 1`;

const DELETE_DRAFT = `DELETE FROM campaign
WHERE tenant_id = ?1 AND id = ?2 AND state = 'draft' AND NOT EXISTS (
  SELECT 1 FROM enrolment AS e WHERE e.tenant_id = ?1 AND e.campaign_id = ?2) RETURNING 1`;
