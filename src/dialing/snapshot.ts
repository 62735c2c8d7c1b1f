import { inList } from '../db/in-list.ts';
import { snapshot } from '../db/schema/call.ts';
import type { attempt, campaign } from '../db/schema/campaign.ts';
import type { contact } from '../db/schema/contact.ts';
import { resolveVariables } from '../scripts/resolve-variables.ts';
import type { TenantContext } from '../tenants/context.ts';

type Row<T extends { $inferSelect: unknown }> = T['$inferSelect'];
type Snapshot = Pick<Row<typeof snapshot>, 'variables' | 'takenAt'>;

/** Resolves each attempt's variables once: what was stored first stays, whoever asks again. */
export async function takeSnapshots(
  ctx: TenantContext,
  attempts: readonly Row<typeof attempt>[],
  campaigns: ReadonlyMap<string, Row<typeof campaign>>,
  contacts: ReadonlyMap<string, Row<typeof contact>>,
): Promise<Map<string, Snapshot>> {
  const taken = attempts.map((row) => ({
    callId: row.id,
    variables: resolveVariables(
      ctx.tenant,
      campaigns.get(row.campaignId)?.variables ?? {},
      contacts.get(row.contactId)?.fields ?? {},
    ),
  }));
  await ctx.db.run(ctx.db.raw(INSERT_SNAPSHOTS, JSON.stringify(taken), ctx.clock.now()));
  const ids = attempts.map((row) => row.id);
  const stored = await ctx.db.find(snapshot, inList(snapshot.callId, ids));
  return new Map(stored.map((row) => [row.callId, row]));
}

const INSERT_SNAPSHOTS = `INSERT INTO snapshot (tenant_id, call_id, variables, taken_at)
SELECT ?1, value->>'callId', value->'variables', ?3 FROM json_each(?2) WHERE true
ON CONFLICT DO NOTHING`;
