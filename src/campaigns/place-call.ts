import { and, eq, ne, sql } from 'drizzle-orm';
import { attempt } from '../db/schema/campaign.ts';
import { suppression } from '../db/schema/contact.ts';
import type { DialJob } from '../dialing/claim-due.ts';
import { QUEUED_LEASE_MS } from '../dialing/leases.ts';
import { DEFAULT_WINDOW, isTimeZone } from '../dialing/window.ts';
import { findScript, findVersion } from '../scripts/find-script.ts';
import { resolveVariables } from '../scripts/resolve-variables.ts';
import { missingVariables, speechPlan } from '../scripts/speech-plan.ts';
import { isAllowedDestination } from '../shared/destination.ts';
import { isE164 } from '../shared/e164.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';

export type PlaceCallInput = {
  readonly to: string;
  readonly fromNumber: string;
  readonly scriptId: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly timeZone?: string | undefined;
  readonly purpose: 'single' | 'test';
};

export type PlaceCallDeps = {
  readonly tenantOfNumber: (e164: string) => Promise<string | null>;
  readonly dial: { send(job: DialJob): Promise<unknown> };
};

/**
 * One call that the API asked for. It is a campaign of one contact, so speech, pace, gate, ledger
 * and sweeper treat it like any other; its attempt is committed before anything is queued.
 */
export async function placeCall(
  ctx: TenantContext,
  deps: PlaceCallDeps,
  input: PlaceCallInput,
): Promise<{ readonly id: string; readonly campaignId: string }> {
  const version = await checkInput(ctx, deps, input);
  const now = ctx.clock.now();
  const id = ctx.newId('call');
  const campaignId = ctx.newId('cmp');
  const externalId = `call:${input.to}`;
  await ctx.db
    .batch([
      ctx.db.raw(
        UPSERT_CALLED,
        ctx.newId('con'),
        externalId,
        input.to,
        input.timeZone ?? null,
        now,
      ),
      ctx.db.raw(
        INSERT_CAMPAIGN,
        campaignId,
        `Call to ${input.to}`,
        input.purpose,
        input.scriptId,
        version,
        input.fromNumber,
        ctx.tenant.timeZone,
        ctx.tenant.opensMinute ?? DEFAULT_WINDOW.opensMinute,
        ctx.tenant.closesMinute ?? DEFAULT_WINDOW.closesMinute,
        JSON.stringify(input.variables),
        now,
      ),
      ctx.db.raw(ENROL_CALLED, campaignId, externalId),
      ctx.db.raw(INSERT_ATTEMPT, campaignId, externalId, id, now + QUEUED_LEASE_MS, now),
    ])
    .catch((error: unknown) => {
      throw isActiveNumber(error) ? isBusy(input.to) : error;
    });
  await deps.dial.send({ tenantId: ctx.tenant.id, callId: id });
  return { id, campaignId };
}

/** Answers the version to be spoken. */
async function checkInput(
  ctx: TenantContext,
  deps: PlaceCallDeps,
  input: PlaceCallInput,
): Promise<number> {
  const wrong = (number: string, why: string) =>
    new DestinyError('invalid_number', `The number ${number} ${why}.`);
  for (const number of [input.to, input.fromNumber]) {
    if (!isE164(number)) throw wrong(number, 'is not E.164; write it like +15551234567');
  }
  if (input.timeZone !== undefined && !isTimeZone(input.timeZone)) {
    throw new DestinyError('invalid_input', `"${input.timeZone}" is not a time zone.`);
  }
  if ((await deps.tenantOfNumber(input.fromNumber)) !== ctx.tenant.id) {
    throw wrong(input.fromNumber, 'is not assigned to you; call from a number of yours');
  }
  if (!isAllowedDestination(input.to, ctx.tenant.callingCodes)) {
    throw wrong(input.to, 'lies in a country that your tenant may not call');
  }
  const [own, stopped, active] = await Promise.all([
    findScript(ctx, input.scriptId),
    ctx.db.findOne(suppression, eq(suppression.e164, input.to)),
    ctx.db.findOne(
      attempt,
      and(eq(attempt.e164, input.to), ne(attempt.state, 'ended')) ?? sql`false`,
    ),
  ]);
  if (stopped !== null) throw wrong(input.to, 'asked not to be called again');
  if (active !== null) throw isBusy(input.to);
  if (own.publishedVersion === 0) {
    throw new DestinyError('conflict', `Publish the script "${own.name}" before it is spoken.`);
  }
  const { flowJson } = await findVersion(ctx, { scriptId: own.id, version: own.publishedVersion });
  const variables = resolveVariables(ctx.tenant, input.variables, {});
  const missing = missingVariables(speechPlan(flowJson), variables);
  if (missing.length === 0) return own.publishedVersion;
  throw new DestinyError('missing_variable', `The script needs ${missing.join(', ')}.`);
}

function isBusy(to: string): DestinyError {
  return new DestinyError('conflict', `A call to ${to} is under way; wait for its end.`);
}

/** Between the look and the write somebody else may have begun a call to this number. */
function isActiveNumber(error: unknown): boolean {
  return error instanceof Error && error.message.includes('attempt.e164');
}

const UPSERT_CALLED = `INSERT INTO contact
  (tenant_id, id, external_id, e164, time_zone, fields, created_at, updated_at)
VALUES (?1, ?2, ?3, ?4, ?5, '{}', ?6, ?6)
ON CONFLICT (tenant_id, external_id) DO UPDATE SET
  time_zone = excluded.time_zone, updated_at = excluded.updated_at`;

const INSERT_CAMPAIGN = `INSERT INTO campaign
  (tenant_id, id, name, kind, state, script_id, script_version, from_number, time_zone,
   opens_minute, closes_minute, retry_seconds, variables, is_primed, created_at, launched_at)
VALUES (?1, ?2, ?3, ?4, 'running', ?5, ?6, ?7, ?8, ?9, ?10, '[]', ?11, 1, ?12, ?12)`;

const ENROL_CALLED = `INSERT INTO enrolment
  (tenant_id, campaign_id, contact_id, e164, state, attempts)
SELECT ?1, ?2, id, e164, 'active', 1 FROM contact WHERE tenant_id = ?1 AND external_id = ?3`;

const INSERT_ATTEMPT = `INSERT INTO attempt
  (tenant_id, id, campaign_id, contact_id, e164, ordinal, state, lease_until, created_at)
SELECT ?1, ?4, ?2, id, e164, 1, 'queued', ?5, ?6 FROM contact
WHERE tenant_id = ?1 AND external_id = ?3`;
