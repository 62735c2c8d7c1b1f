import { eq, sql } from 'drizzle-orm';
import { clipPath } from '../audio/clip-path.ts';
import { clipKeys } from '../audio/ensure-speech.ts';
import { inList } from '../db/in-list.ts';
import { call, snapshot } from '../db/schema/call.ts';
import { attempt, campaign, enrolment } from '../db/schema/campaign.ts';
import { contact } from '../db/schema/contact.ts';
import { recording } from '../db/schema/recording.ts';
import { eraseRecordings } from '../recordings/erase-recordings.ts';
import type { FlowCache } from '../scripts/flow-cache.ts';
import { resolveVariables } from '../scripts/resolve-variables.ts';
import { plannedClips } from '../scripts/speech-plan.ts';
import { DestinyError } from '../shared/errors.ts';
import type { ObjectStore } from '../store/store.ts';
import type { TenantContext } from '../tenants/context.ts';
import { eraseRows } from './erase-rows.ts';

export type EraseDeps = {
  readonly store: Pick<ObjectStore, 'delete'>;
  readonly flows: FlowCache;
  readonly audioSecret: string;
};

/** What was found and is gone; calls and texts stay in the ledger without what tells whose they were. */
export type Erased = {
  readonly calls: number;
  readonly messages: number;
  readonly recordings: number;
  readonly clips: number;
};

/**
 * Erases a person: what was said, the values that were spoken, the audio made of them, recordings,
 * the words of texts, and the number wherever it stands; a wish not to be called stays. Objects go
 * first and the contact last, so one who was killed in the middle is followed by asking again.
 */
export async function eraseContact(
  ctx: TenantContext,
  deps: EraseDeps,
  contactId: string,
): Promise<Erased> {
  const person = await ctx.db.findOne(contact, eq(contact.id, contactId));
  if (person === null) {
    throw new DestinyError('not_found', `There is no contact ${contactId}; check the identifier.`);
  }
  const calls = await ctx.db.find(
    call,
    sql`(${call.contactId} = ${contactId} OR (${call.peer} = ${person.e164} AND ${call.contactId} IS NULL))`,
  );
  const attempts = await ctx.db.find(attempt, eq(attempt.e164, person.e164));
  const isCalled = attempts.some(
    (one) => one.contactId === contactId && one.state !== 'ended' && one.state !== 'queued',
  );
  if (isCalled || calls.some(({ endedAt }) => endedAt === null)) {
    throw new DestinyError('conflict', 'The person is in a call; erase them when it is over.');
  }
  const callIds = calls.map(({ id }) => id);
  const clips = await eraseClips(ctx, deps, await spokenOf(ctx, person, calls));
  const sounds = await ctx.db.find(recording, inList(recording.callId, callIds));
  await eraseRecordings(
    ctx,
    deps.store,
    sounds.map(({ id }) => id),
  );
  const messages = await eraseRows(ctx, { contactId, e164: person.e164, callIds });
  return { calls: calls.length, messages, recordings: sounds.length, clips };
}

type Spoken = {
  readonly scriptId: string;
  readonly scriptVersion: number;
  readonly variables: Readonly<Record<string, string>>;
};

/** With which values which script was spoken to the person, or made ready to be. */
async function spokenOf(
  ctx: TenantContext,
  person: typeof contact.$inferSelect,
  calls: readonly (typeof call.$inferSelect)[],
): Promise<Spoken[]> {
  const enrolled = await ctx.db.find(enrolment, eq(enrolment.contactId, person.id));
  const [campaigns, taken] = await Promise.all([
    ctx.db.find(
      campaign,
      inList(
        campaign.id,
        enrolled.map(({ campaignId }) => campaignId),
      ),
    ),
    ctx.db.find(
      snapshot,
      inList(
        snapshot.callId,
        calls.map(({ id }) => id),
      ),
    ),
  ]);
  const callById = new Map(calls.map((one) => [one.id, one]));
  const spoken = taken.flatMap(({ callId, variables }) => {
    const own = callById.get(callId);
    return own === undefined ? [] : [{ ...own, variables }];
  });
  const ready = campaigns.map((own) => ({
    ...own,
    variables: resolveVariables(ctx.tenant, own.variables, person.fields),
  }));
  return [...spoken, ...ready];
}

/** The sentences that hold the person's values; made again for whoever has the same ones. */
async function eraseClips(
  ctx: TenantContext,
  { store, flows, audioSecret }: EraseDeps,
  spoken: readonly Spoken[],
): Promise<number> {
  const keys = new Set<string>();
  for (const { scriptId, scriptVersion, variables } of spoken) {
    const { flow, plan } = await flows.get(ctx.db, scriptId, scriptVersion);
    const clips = plannedClips(plan, variables).filter(({ kind }) => kind === 'dynamic');
    const found = await clipKeys(ctx.tenant.id, audioSecret, flow.settings, clips);
    for (const key of found) keys.add(key);
  }
  for (const key of keys) await store.delete(clipPath(ctx.tenant.id, { kind: 'dynamic', key }));
  await ctx.db.run(ctx.db.raw(DELETE_CLIPS, JSON.stringify([...keys])));
  return keys.size;
}

const DELETE_CLIPS = `DELETE FROM clip WHERE tenant_id = ?1 AND kind = 'dynamic'
AND key IN (SELECT value FROM json_each(?2))`;
