import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import { findCampaign } from './find-campaign.ts';

export type CloneInput = {
  readonly campaignId: string;
  readonly name: string;
  /** `unreached`: whom the campaign never reached; `outcome`: whose call ended with one of these. */
  readonly contacts: 'none' | 'all' | 'unreached' | 'outcome';
  readonly outcomes?: readonly string[] | undefined;
};

/** A draft with the same settings, on the version of the script that is published now. */
export async function cloneCampaign(
  ctx: TenantContext,
  input: CloneInput,
): Promise<{ readonly id: string }> {
  const own = await findCampaign(ctx, input.campaignId);
  if (own.kind !== 'list') {
    throw new DestinyError('conflict', 'A single call has no campaign to be cloned; call again.');
  }
  const id = ctx.newId('cmp');
  await ctx.db.batch([
    ctx.db.raw(COPY, own.id, id, input.name, ctx.clock.now()),
    ...(input.contacts === 'none'
      ? []
      : [ctx.db.raw(ENROL[input.contacts], own.id, id, JSON.stringify(input.outcomes ?? []))]),
  ]);
  return { id };
}

const COPY = `INSERT INTO campaign
  (tenant_id, id, name, kind, state, script_id, script_version, from_number, time_zone,
   opens_minute, closes_minute, retry_seconds, variables, is_primed,
   daily_attempts_per_number, weekly_attempts_per_number, machine_detection, caller_ids,
   ring_seconds, max_calls_per_second, max_concurrent_calls, breaker_percent, records_calls,
   call_limit_seconds, channel, created_at)
SELECT c.tenant_id, ?3, ?4, 'list', 'draft', c.script_id,
  coalesce((SELECT s.published_version FROM script AS s
    WHERE s.tenant_id = ?1 AND s.id = c.script_id AND s.published_version > 0), c.script_version),
  c.from_number, c.time_zone, c.opens_minute, c.closes_minute, c.retry_seconds, c.variables, 0,
  c.daily_attempts_per_number, c.weekly_attempts_per_number, c.machine_detection, c.caller_ids,
  c.ring_seconds, c.max_calls_per_second, c.max_concurrent_calls, c.breaker_percent,
  c.records_calls, c.call_limit_seconds, c.channel, ?5
FROM campaign AS c WHERE c.tenant_id = ?1 AND c.id = ?2`;

/** With the number that the contact has today. */
const enrol = (whom: string) => `INSERT INTO enrolment
  (tenant_id, campaign_id, contact_id, e164, state, attempts)
SELECT ?1, ?3, e.contact_id, c.e164, 'pending', 0 FROM enrolment AS e
CROSS JOIN contact AS c ON c.tenant_id = ?1 AND c.id = e.contact_id
WHERE e.tenant_id = ?1 AND e.campaign_id = ?2 AND ${whom} ON CONFLICT DO NOTHING`;

const ENROL = {
  all: enrol('?4 IS NOT NULL'),
  unreached: enrol("?4 IS NOT NULL AND e.state != 'done'"),
  outcome: enrol(`e.contact_id IN (SELECT k.contact_id FROM call AS k
  WHERE k.tenant_id = ?1 AND k.campaign_id = ?2
    AND k.outcome IN (SELECT value FROM json_each(?4)))`),
} as const;
