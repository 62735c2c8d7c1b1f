import { zonesOfNumber } from '../dialing/zones.ts';
import type { SpeechPlan } from '../scripts/speech-plan.ts';
import { PREMIUM_RANGES } from '../shared/destination.ts';
import { outboundMicros } from '../telephony/call-cost.ts';
import { textMicros } from '../telephony/text-cost.ts';
import type { TenantContext } from '../tenants/context.ts';
import type { CampaignRow } from './find-campaign.ts';

/** Each person under the first that holds, in the order the dial itself asks. */
export const NEVER = ['suppressed', 'missing_variable', 'destination_not_allowed'] as const;
/** They are called once it no longer holds. */
export const LATER = ['in_another_campaign', 'dialled_too_often'] as const;

export type PeopleJudged = {
  readonly people: number;
  readonly callable: number;
  readonly skipped: Readonly<Record<(typeof NEVER)[number], number>>;
  readonly later: Readonly<Record<(typeof LATER)[number], number>>;
  readonly withoutConsent: number;
  /** Neither they nor their numbers tell where they are: the campaign's zone counts. */
  readonly withoutZone: number;
  /** One started minute with everybody whom a call may reach. */
  readonly minuteMicros: number;
  /** One part of a text to each of them. */
  readonly segmentMicros: number;
};

type Group = {
  readonly reason: (typeof NEVER)[number] | (typeof LATER)[number] | null;
  /** `+`, the calling code and what follows it, up to the area code of North America. */
  readonly prefix: string;
  readonly n: number;
  readonly without_consent: number;
  readonly without_zone: number;
};

/** Counts everybody not reached yet by what would become of a call, in one statement. */
export async function judgePeople(
  ctx: TenantContext,
  own: CampaignRow,
  plan: SpeechPlan,
): Promise<PeopleJudged> {
  const now = ctx.clock.now();
  const groups = await ctx.db.rows<Group>(
    ctx.db.raw(
      judging(own),
      own.id,
      JSON.stringify(neededValues(ctx, own, plan.required)),
      JSON.stringify(ctx.tenant.callingCodes),
      own.dailyAttemptsPerNumber,
      now - DAY_MS,
      own.weeklyAttemptsPerNumber,
      now - 7 * DAY_MS,
      JSON.stringify(PREMIUM_RANGES),
    ),
  );
  const sum = (of: (group: Group) => number) => groups.reduce((all, group) => all + of(group), 0);
  const count = (reason: Group['reason']) =>
    sum((group) => (group.reason === reason ? group.n : 0));
  const isReached = ({ reason }: Group) => !NEVER.some((never) => never === reason);
  return {
    people: sum(({ n }) => n),
    callable: count(null),
    skipped: {
      suppressed: count('suppressed'),
      missing_variable: count('missing_variable'),
      destination_not_allowed: count('destination_not_allowed'),
    },
    later: {
      in_another_campaign: count('in_another_campaign'),
      dialled_too_often: count('dialled_too_often'),
    },
    withoutConsent: sum((group) => group.without_consent),
    withoutZone: sum(({ prefix, without_zone: n }) => (zonesOfNumber(prefix) === null ? n : 0)),
    segmentMicros: sum((group) => (isReached(group) ? group.n * textMicros(group.prefix, 1) : 0)),
    minuteMicros: sum((group) => (isReached(group) ? group.n * outboundMicros(group.prefix) : 0)),
  };
}

/** How many people lack each variable, most first; the names of those that nobody lacks are left out. */
export async function countMissing(
  ctx: TenantContext,
  own: CampaignRow,
  plan: SpeechPlan,
): Promise<{ readonly variable: string; readonly people: number }[]> {
  if (plan.required.length === 0) return [];
  return ctx.db.rows(
    ctx.db.raw(
      `WITH person AS (${peopleOf(own)})
      SELECT value->>'name' AS variable, count(*) AS people FROM person CROSS JOIN json_each(?3)
      WHERE ${LACKS} GROUP BY variable ORDER BY people DESC, variable`,
      own.id,
      JSON.stringify(neededValues(ctx, own, plan.required)),
    ),
  );
}

const DAY_MS = 86_400_000;

/** As `resolveVariables` has it: the contact's value, else the campaign's, else the tenant's. */
export function neededValues(ctx: TenantContext, own: CampaignRow, names: readonly string[]) {
  const given: Readonly<Record<string, string>> = { tenantName: ctx.tenant.name, ...own.variables };
  return names.map((name) => ({
    name,
    path: `$.${JSON.stringify(name)}`,
    otherwise: given[name] ?? '',
  }));
}

/** The value of one of `neededValues`, spoken to one person. */
export const VALUE = `coalesce(json_extract(person.fields, value->>'path'), value->>'otherwise')`;
const LACKS = `${VALUE} = ''`;

/** Everybody in the campaign who is not done with, and whom it has still to enrol. */
export function peopleOf(own: CampaignRow): string {
  const columns = 'c.id, c.e164, c.fields, c.consent_kind, c.time_zone';
  const enrolled = `SELECT ${columns} FROM enrolment AS e
    CROSS JOIN contact AS c ON c.tenant_id = ?1 AND c.id = e.contact_id
    WHERE e.tenant_id = ?1 AND e.campaign_id = ?2 AND e.state IN ('pending', 'due', 'active')`;
  if (own.enrolCursor === null) return enrolled;
  return `SELECT ${columns} FROM contact AS c WHERE c.tenant_id = ?1 AND NOT EXISTS (
    SELECT 1 FROM enrolment AS e WHERE e.tenant_id = ?1 AND e.campaign_id = ?2
      AND e.contact_id = c.id AND e.state IN ('done', 'exhausted', 'skipped'))`;
}

/** The gate's own questions (dialing/gate.ts), asked of everybody at once. */
function judging(own: CampaignRow): string {
  return `WITH person AS (${peopleOf(own)}),
  judged AS (SELECT CASE
    WHEN EXISTS (SELECT 1 FROM suppression AS s
      WHERE s.tenant_id = ?1 AND s.e164 = person.e164) THEN 'suppressed'
    WHEN EXISTS (SELECT 1 FROM json_each(?3) WHERE ${LACKS}) THEN 'missing_variable'
    WHEN EXISTS (SELECT 1 FROM json_each(?9) WHERE person.e164 GLOB value)
      OR NOT EXISTS (SELECT 1 FROM json_each(?4)
        WHERE substr(person.e164, 2, length(value)) = value) THEN 'destination_not_allowed'
    WHEN EXISTS (SELECT 1 FROM attempt AS a WHERE a.tenant_id = ?1 AND a.e164 = person.e164
      AND a.ended_at IS NULL AND a.campaign_id != ?2) THEN 'in_another_campaign'
    WHEN (?5 IS NOT NULL AND ?5 <= (SELECT count(*) FROM attempt AS a
        WHERE a.tenant_id = ?1 AND a.e164 = person.e164 AND a.dialing_at > ?6))
      OR (?7 IS NOT NULL AND ?7 <= (SELECT count(*) FROM attempt AS a
        WHERE a.tenant_id = ?1 AND a.e164 = person.e164 AND a.dialing_at > ?8))
      THEN 'dialled_too_often' END AS reason,
    substr(e164, 1, 5) AS prefix, consent_kind IS NULL AS no_consent, time_zone IS NULL AS no_zone
  FROM person)
SELECT reason, prefix, count(*) AS n, sum(no_consent) AS without_consent,
  sum(no_zone) AS without_zone FROM judged GROUP BY reason, prefix`;
}
