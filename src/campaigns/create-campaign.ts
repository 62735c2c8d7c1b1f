import { eq } from 'drizzle-orm';
import { campaign, type MACHINE_DETECTIONS } from '../db/schema/campaign.ts';
import { script } from '../db/schema/script.ts';
import { DEFAULT_RETRY_SECONDS } from '../dialing/retry-schedule.ts';
import { DEFAULT_WINDOW, isTimeZone } from '../dialing/window.ts';
import { isE164 } from '../shared/e164.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';

export type CreateCampaignInput = {
  readonly name: string;
  readonly scriptId: string;
  readonly fromNumber: string;
  readonly timeZone?: string | undefined;
  readonly opensMinute?: number | undefined;
  readonly closesMinute?: number | undefined;
  readonly retrySeconds?: readonly number[] | undefined;
  readonly dailyAttemptsPerNumber?: number | undefined;
  readonly weeklyAttemptsPerNumber?: number | undefined;
  readonly variables?: Readonly<Record<string, string>> | undefined;
  readonly machineDetection?: (typeof MACHINE_DETECTIONS)[number] | undefined;
};

/** A draft campaign on the script's published version. */
export async function createCampaign(
  ctx: TenantContext,
  input: CreateCampaignInput,
  tenantOfNumber: (e164: string) => Promise<string | null>,
): Promise<{ readonly id: string }> {
  const own = await ctx.db.findOne(script, eq(script.id, input.scriptId));
  if (own === null) {
    throw new DestinyError(
      'not_found',
      `There is no script ${input.scriptId}; check the identifier.`,
    );
  }
  if (own.publishedVersion === 0) {
    throw new DestinyError(
      'conflict',
      `Publish the script "${own.name}" before a campaign uses it.`,
    );
  }
  const timeZone = input.timeZone ?? ctx.tenant.timeZone;
  if (!isTimeZone(timeZone)) {
    throw new DestinyError(
      'invalid_input',
      `"${timeZone}" is not a time zone; write it like America/New_York.`,
    );
  }
  if (!isE164(input.fromNumber)) {
    throw new DestinyError(
      'invalid_number',
      `"${input.fromNumber}" is not an E.164 number; write it like +15551234567.`,
    );
  }
  if ((await tenantOfNumber(input.fromNumber)) !== ctx.tenant.id) {
    throw new DestinyError(
      'invalid_number',
      `The number ${input.fromNumber} is not assigned to you; calls can only come from a number of yours.`,
    );
  }
  const opensMinute = input.opensMinute ?? ctx.tenant.opensMinute ?? DEFAULT_WINDOW.opensMinute;
  const closesMinute = input.closesMinute ?? ctx.tenant.closesMinute ?? DEFAULT_WINDOW.closesMinute;
  if (opensMinute >= closesMinute) {
    throw new DestinyError(
      'invalid_input',
      'The calling window closes before it opens; set closesMinute after opensMinute.',
    );
  }
  const id = ctx.newId('cmp');
  await ctx.db.run(
    ctx.db.insert(campaign, {
      id,
      name: input.name,
      state: 'draft',
      scriptId: own.id,
      scriptVersion: own.publishedVersion,
      fromNumber: input.fromNumber,
      timeZone,
      opensMinute,
      closesMinute,
      retrySeconds: input.retrySeconds ?? DEFAULT_RETRY_SECONDS,
      variables: { ...input.variables },
      dailyAttemptsPerNumber: input.dailyAttemptsPerNumber ?? null,
      weeklyAttemptsPerNumber: input.weeklyAttemptsPerNumber ?? null,
      machineDetection: input.machineDetection ?? 'off',
      isPrimed: false,
      createdAt: ctx.clock.now(),
    }),
  );
  return { id };
}
