import { and, eq, gt } from 'drizzle-orm';
import type { EnsureSpeech } from '../audio/ensure-speech.ts';
import { callRecording, noticeClips } from '../calls/recording-notice.ts';
import { inList } from '../db/in-list.ts';
import { enrolment } from '../db/schema/campaign.ts';
import { contact, suppression } from '../db/schema/contact.ts';
import { moveIntoWindow, withinOuterBound } from '../dialing/window.ts';
import { zonesOf } from '../dialing/zones.ts';
import type { FlowCache } from '../scripts/flow-cache.ts';
import { resolveVariables } from '../scripts/resolve-variables.ts';
import { missingVariables, plannedClips } from '../scripts/speech-plan.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import { recordingNotice } from '../tenants/said-of-tenant.ts';
import type { CampaignRow } from './find-campaign.ts';
import { nextLease } from './request-speech.ts';

export type PrimePageDeps = { readonly flows: FlowCache; readonly ensureSpeech: EnsureSpeech };

/** What one statement's JSON parameter and a Worker's memory hold with ease. */
const PAGE_CONTACTS = 500;
/** Google makes 200 a minute, and a page must end well within its lease. */
const NEW_SENTENCES = 100;

type Decided = {
  readonly contactId: string;
  readonly e164: string;
  readonly dueAt: number | null;
  readonly reason: string | null;
};

/**
 * Makes the speech of the next contacts and turns them due, or skipped with the reason. A contact
 * is due only when his words exist. Answers the lease to go on under; null when nobody is left or
 * the lease was lost.
 */
export async function primePage(
  ctx: TenantContext,
  deps: PrimePageDeps,
  own: CampaignRow,
  lease: number,
): Promise<number | null> {
  const page = await ctx.db.find(enrolment, pageOf(own), {
    orderBy: enrolment.contactId.getSQL(),
    limit: PAGE_CONTACTS,
  });
  const decided = await decide(ctx, deps, own, page);
  const last = decided.at(-1)?.contactId ?? own.primedUpTo;
  const isLast = page.length < PAGE_CONTACTS && decided.length === page.length;
  const next = nextLease(lease, ctx.clock.now());
  const [, [held] = []] = await ctx.db.batch([
    ctx.db.raw(SETTLE_PAGE, own.id, JSON.stringify(decided)),
    isLast
      ? ctx.db.raw(END_PRIMING, own.id, next, lease)
      : ctx.db.raw(ADVANCE, own.id, next, lease, last),
  ]);
  return held?.prime_lease_until === next ? next : null;
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
  const notice = noticeClips(callRecording(own.recordsCalls, flow, recordingNotice(ctx.tenant)));
  const contactById = new Map(contacts.map((person) => [person.id, person]));
  const people = page.map(({ contactId, e164 }) => {
    const person = contactById.get(contactId);
    const variables = resolveVariables(ctx.tenant, own.variables, person?.fields ?? {});
    const missing = missingVariables(plan, variables);
    const zones = zonesOf({ e164, timeZone: person?.timeZone ?? null }, own.timeZone);
    const dueAt = window === null ? null : moveIntoWindow(now, zones, window);
    const reason =
      person === undefined
        ? 'contact_erased'
        : suppressed.has(e164)
          ? 'suppressed'
          : dueAt === null
            ? 'window_never_open'
            : missing.length > 0
              ? `missing_variable:${missing.join(',')}`
              : null;
    const isSpoken = reason === null && own.channel === 'voice';
    const texts = isSpoken ? [...plannedClips(plan, variables), ...notice] : [];
    return { contactId, e164, dueAt, reason, texts };
  });
  const speech = await deps.ensureSpeech({
    settings: flow.settings,
    clips: people.flatMap(({ texts }) => texts),
    priority: 'campaign',
    makeAtMost: NEW_SENTENCES,
  });
  if (speech.failure !== null && speech.failure.class !== 'invalid') {
    throw new DestinyError('speech_failed', speech.failure.message);
  }
  const firstLeft = people.findIndex(({ texts }) =>
    texts.some(({ text }) => speech.left.has(text)),
  );
  const complete = firstLeft === -1 ? people : people.slice(0, firstLeft);
  return complete.map(({ contactId, e164, reason, dueAt }) => ({
    contactId,
    e164,
    reason,
    dueAt: reason === null ? dueAt : null,
  }));
}

const ADVANCE = `UPDATE campaign SET primed_up_to = ?5, prime_lease_until = ?3, prime_error = NULL
WHERE tenant_id = ?1 AND id = ?2 AND prime_lease_until = ?4 RETURNING prime_lease_until`;

/** Contacts that were enrolled while the last page was at work are left: once more from the first. */
const END_PRIMING = `UPDATE campaign SET
  is_primed = enrol_cursor IS NULL AND NOT EXISTS (SELECT 1 FROM enrolment e
    WHERE e.tenant_id = ?1 AND e.campaign_id = ?2 AND e.state = 'pending'),
  prime_lease_until = CASE WHEN enrol_cursor IS NOT NULL OR EXISTS (SELECT 1 FROM enrolment e
    WHERE e.tenant_id = ?1 AND e.campaign_id = ?2 AND e.state = 'pending') THEN ?3 END,
  primed_up_to = NULL, prime_error = NULL
WHERE tenant_id = ?1 AND id = ?2 AND prime_lease_until = ?4 RETURNING prime_lease_until`;

/**
 * An upsert looks each row up by its key; UPDATE ... FROM json_each would read every row of the
 * campaign for each page.
 */
const SETTLE_PAGE = `INSERT INTO enrolment
  (tenant_id, campaign_id, contact_id, e164, state, due_at, attempts, reason)
SELECT ?1, ?2, value->>'contactId', value->>'e164',
  CASE WHEN value->>'dueAt' IS NULL THEN 'skipped' ELSE 'due' END, value->>'dueAt', 0,
  value->>'reason'
FROM json_each(?3) WHERE true
ON CONFLICT DO UPDATE SET state = excluded.state, due_at = excluded.due_at,
  reason = excluded.reason WHERE enrolment.state = 'pending'`;
