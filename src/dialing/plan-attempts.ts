import { type CallRecording, callRecording, noticeClips } from '../calls/recording-notice.ts';
import type { CallEvent } from '../db/event-store.ts';
import { inList } from '../db/in-list.ts';
import { attempt, campaign } from '../db/schema/campaign.ts';
import { contact } from '../db/schema/contact.ts';
import type { Flow } from '../flow/types.ts';
import type { FlowCache, PublishedFlow } from '../scripts/flow-cache.ts';
import { missingVariables, plannedClips } from '../scripts/speech-plan.ts';
import type { TenantContext } from '../tenants/context.ts';
import { recordingNotice } from '../tenants/said-of-tenant.ts';
import { takeSnapshots } from './snapshot.ts';
import { type CallingWindow, withinOuterBound } from './window.ts';
import { zonesOf } from './zones.ts';

type AttemptRow = typeof attempt.$inferSelect;
type CampaignRow = typeof campaign.$inferSelect;

/** An attempt with all that is known of it before its words are made. */
export type PlannedAttempt = {
  readonly attempt: AttemptRow;
  readonly campaign: CampaignRow;
  readonly published: PublishedFlow;
  readonly variables: Readonly<Record<string, string>>;
  readonly missing: readonly string[];
  readonly texts: ReturnType<typeof plannedClips>;
  readonly recording: CallRecording | null;
  readonly zones: readonly string[];
  /** Null when nothing of the campaign's window lies inside the outer bound. */
  readonly window: CallingWindow | null;
  readonly events: readonly CallEvent[];
};

/** Its words are made and its session is set up: what remains is the pace, the gate, the dial. */
export type ReadyAttempt = Pick<PlannedAttempt, 'attempt' | 'campaign' | 'zones' | 'window'> & {
  readonly published: { readonly flow: Pick<Flow, 'nodes'> };
};

/** Reads the attempts that still wait, and takes their snapshots. Unknown or taken ids are left out. */
export async function planAttempts(
  ctx: TenantContext,
  flows: FlowCache,
  callIds: readonly string[],
): Promise<PlannedAttempt[]> {
  const attempts = (await ctx.db.find(attempt, inList(attempt.id, callIds))).filter(
    (row) => row.state === 'queued',
  );
  const [campaigns, contacts] = await Promise.all([
    ctx.db.find(
      campaign,
      inList(
        campaign.id,
        attempts.map((row) => row.campaignId),
      ),
    ),
    ctx.db.find(
      contact,
      inList(
        contact.id,
        attempts.map((row) => row.contactId),
      ),
    ),
  ]);
  const campaignById = new Map(campaigns.map((row) => [row.id, row]));
  const contactById = new Map(contacts.map((row) => [row.id, row]));
  const snapshots = await takeSnapshots(ctx, attempts, campaignById, contactById);

  const planned: PlannedAttempt[] = [];
  for (const row of attempts) {
    const own = campaignById.get(row.campaignId);
    const snapshot = snapshots.get(row.id);
    if (own === undefined || snapshot === undefined) continue;
    const published = await flows.get(ctx.db, own.scriptId, own.scriptVersion);
    const missing = missingVariables(published.plan, snapshot.variables);
    const notice = recordingNotice(ctx.tenant);
    const recording = callRecording(own.recordsCalls, published.flow, notice);
    planned.push({
      attempt: row,
      campaign: own,
      published,
      variables: snapshot.variables,
      missing,
      recording,
      texts: [...plannedClips(published.plan, snapshot.variables), ...noticeClips(recording)],
      zones: zonesOf(
        { e164: row.e164, timeZone: contactById.get(row.contactId)?.timeZone ?? null },
        own.timeZone,
      ),
      window: withinOuterBound(own, ctx.tenant.isOuterWindowLifted),
      events: [
        queuedEvent(row),
        {
          source: 'dial',
          n: 0,
          at: snapshot.takenAt,
          type: 'vars.snapshot',
          detail: { variables: Object.keys(snapshot.variables).length, missing },
        },
      ],
    });
  }
  return planned;
}

function queuedEvent(row: AttemptRow): CallEvent {
  const { campaignId, contactId, ordinal } = row;
  return {
    source: 'cron',
    n: 0,
    at: row.createdAt,
    type: 'call.queued',
    detail: { campaign: campaignId, contact: contactId, attempt: ordinal },
  };
}
