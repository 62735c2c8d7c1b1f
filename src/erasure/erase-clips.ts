import { clipPath } from '../audio/clip-path.ts';
import type { SpeechKeys } from '../audio/ensure-speech.ts';
import type { FlowCache } from '../scripts/flow-cache.ts';
import { resolveVariables } from '../scripts/resolve-variables.ts';
import { plannedClips } from '../scripts/speech-plan.ts';
import type { ObjectStore } from '../store/store.ts';
import type { TenantContext } from '../tenants/context.ts';

export type EraseClipsDeps = {
  readonly flows: FlowCache;
  readonly speechKeys: SpeechKeys;
  readonly store: Pick<ObjectStore, 'delete'>;
};

/** Whose values may have been spoken: those of calls, or those a contact has for its campaigns. */
type Whose =
  | { readonly calls: readonly string[] }
  | { readonly contactId: string; readonly fields: Readonly<Record<string, string>> };

type Spoken = {
  readonly scriptId: string;
  readonly version: number;
  /** JSON */
  readonly variables: string;
};

/**
 * Deletes the sentences that hold these values. Somebody else with the same name has the same
 * sentence: it is made again for him. The index goes first: a call never counts on sound that is gone.
 */
export async function eraseClips(
  ctx: TenantContext,
  deps: EraseClipsDeps,
  whose: Whose,
): Promise<void> {
  const fields = 'fields' in whose ? whose.fields : {};
  const spoken = await ctx.db.rows<Spoken>(
    'calls' in whose
      ? ctx.db.raw(OF_CALLS, JSON.stringify(whose.calls))
      : ctx.db.raw(OF_CAMPAIGNS, whose.contactId),
  );
  for (const { scriptId, version, variables } of spoken) {
    const { flow, plan } = await deps.flows.get(ctx.db, scriptId, version);
    const values = resolveVariables(ctx.tenant, JSON.parse(variables), fields);
    const clips = plannedClips(plan, values).filter(({ kind }) => kind === 'dynamic');
    const keys = await deps.speechKeys({ settings: flow.settings, clips });
    await ctx.db.run(ctx.db.raw(FORGET_CLIPS, JSON.stringify(keys)));
    for (const key of keys)
      await deps.store.delete(clipPath(ctx.tenant.id, { kind: 'dynamic', key }));
  }
}

const OF_CALLS = `SELECT k.script_id AS scriptId, k.script_version AS version, s.variables
FROM json_each(?2) AS i CROSS JOIN snapshot AS s CROSS JOIN call AS k
WHERE s.tenant_id = ?1 AND s.call_id = i.value AND k.tenant_id = ?1 AND k.id = i.value`;

const OF_CAMPAIGNS = `SELECT c.script_id AS scriptId, c.script_version AS version, c.variables
FROM enrolment AS e INDEXED BY enrolment_contact CROSS JOIN campaign AS c
WHERE e.tenant_id = ?1 AND e.contact_id = ?2 AND c.tenant_id = ?1 AND c.id = e.campaign_id`;

const FORGET_CLIPS = `DELETE FROM clip WHERE tenant_id = ?1 AND kind = 'dynamic'
  AND key IN (SELECT value FROM json_each(?2))`;
