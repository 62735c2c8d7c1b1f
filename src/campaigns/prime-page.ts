import { and, eq, gt } from 'drizzle-orm';
import type { EnsureSpeech } from '../audio/ensure-speech.ts';
import { inList } from '../db/in-list.ts';
import { campaign, enrolment } from '../db/schema/campaign.ts';
import { contact, suppression } from '../db/schema/contact.ts';
import type { TenantDb } from '../db/tenant-db.ts';
import { resolveVariables } from '../dialing/snapshot.ts';
import { moveIntoWindow, withinOuterBound } from '../dialing/window.ts';
import { zonesOf } from '../dialing/zones.ts';
import type { FlowCache } from '../scripts/flow-cache.ts';
import { missingVariables, plannedClips } from '../scripts/speech-plan.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import { type CampaignRow, findCampaign } from './find-campaign.ts';
import { PRIME_LEASE_MS } from './request-speech.ts';

export type PrimePageDeps = { readonly flows: FlowCache; readonly ensureSpeech: EnsureSpeech };

const PAGE_CONTACTS = 50;

type Decided = {
  readonly contactId: string;
  readonly dueAt: number | null;
  readonly reason: string | null;
};

/**
 * Makes the speech of the next contacts and turns them due, or skipped with the reason. A contact
 * is due only when his words exist. Answers whether more contacts wait.
 */
export async function primePage(
  ctx: TenantContext,
  deps: PrimePageDeps,
  campaignId: string,
): Promise<'more' | 'done'> {
  const own = await findCampaign(ctx, campaignId);
  if (own.isPrimed) return 'done';
  const page = await ctx.db.find(enrolment, pageOf(own), {
    orderBy: enrolment.contactId.getSQL(),
    limit: PAGE_CONTACTS,
  });
  const decided = await decide(ctx, deps, own, page);
  const last = page.at(-1)?.contactId ?? null;
  const isDone = page.length < PAGE_CONTACTS;
  const [, left = []] = await ctx.db.batch([
    ctx.db.raw(SETTLE_PAGE, own.id, JSON.stringify(decided)),
    isDone
      ? ctx.db.raw(END_PRIMING, own.id, ctx.clock.now() + PRIME_LEASE_MS)
      : advance(ctx.db, own, last, ctx.clock.now()),
  ]);
  return isDone && left.some((row) => row.is_primed === 1) ? 'done' : 'more';
}

function pageOf(own: CampaignRow) {
  const pending = and(eq(enrolment.campaignId, own.id), eq(enrolment.state, 'pending'));
  return own.primedUpTo === null ? pending : and(pending, gt(enrolment.contactId, own.primedUpTo));
}

async function decide(
  ctx: TenantContext,
  deps: PrimePageDeps,
  own: CampaignRow,
  page: readonly (typeof enrolment.$inferSelect)[],
): Promise<Decided[]> {
  const { flow, plan } = await deps.flows.get(ctx.db, own.scriptId, own.scriptVersion);
  const [contacts, stopped] = await Promise.all([
    ctx.db.find(
      contact,
      inList(
        contact.id,
        page.map((row) => row.contactId),
      ),
    ),
    ctx.db.find(
      suppression,
      inList(
        suppression.e164,
        page.map((row) => row.e164),
      ),
    ),
  ]);
  const suppressed = new Set(stopped.map((row) => row.e164));
  const window = withinOuterBound(own, ctx.tenant.isOuterWindowLifted);
  const now = ctx.clock.now();
  const people = contacts.map((person) => {
    const variables = resolveVariables(ctx.tenant, own.variables, person.fields);
    const missing = missingVariables(plan, variables);
    const dueAt =
      window === null ? null : moveIntoWindow(now, zonesOf(person, own.timeZone), window);
    const reason = suppressed.has(person.e164)
      ? 'suppressed'
      : dueAt === null
        ? 'window_never_open'
        : missing.length > 0
          ? `missing_variable:${missing.join(',')}`
          : null;
    return { person, variables, dueAt, reason };
  });
  const callable = people.filter(({ reason }) => reason === null);
  const speech = await deps.ensureSpeech({
    settings: flow.settings,
    clips: callable.flatMap(({ variables }) => plannedClips(plan, variables)),
    priority: 'campaign',
  });
  if (speech.failure !== null && speech.failure.class !== 'invalid') {
    throw new DestinyError('speech_failed', speech.failure.message);
  }
  return people.map(({ person, reason, dueAt }) => ({
    contactId: person.id,
    reason,
    dueAt: reason === null ? dueAt : null,
  }));
}

function advance(db: TenantDb, own: CampaignRow, last: string | null, now: number) {
  return db.update(
    campaign,
    {
      primedUpTo: last ?? own.primedUpTo,
      primeLeaseUntil: now + PRIME_LEASE_MS,
      primeError: null,
    },
    eq(campaign.id, own.id),
  );
}

/** Contacts that were enrolled while the last page was at work are left: once more from the first. */
const END_PRIMING = `UPDATE campaign SET
  is_primed = NOT EXISTS (SELECT 1 FROM enrolment e
    WHERE e.tenant_id = ?1 AND e.campaign_id = ?2 AND e.state = 'pending'),
  prime_lease_until = CASE WHEN EXISTS (SELECT 1 FROM enrolment e
    WHERE e.tenant_id = ?1 AND e.campaign_id = ?2 AND e.state = 'pending') THEN ?3 END,
  primed_up_to = NULL, prime_error = NULL
WHERE tenant_id = ?1 AND id = ?2 RETURNING is_primed`;

const SETTLE_PAGE = `UPDATE enrolment SET
  state = CASE WHEN d.due_at IS NULL THEN 'skipped' ELSE 'due' END,
  due_at = d.due_at, reason = d.reason
FROM (SELECT value->>'contactId' AS contact_id, value->>'dueAt' AS due_at,
        value->>'reason' AS reason FROM json_each(?3)) AS d
WHERE tenant_id = ?1 AND campaign_id = ?2 AND enrolment.contact_id = d.contact_id
  AND state = 'pending'`;
