import { eq } from 'drizzle-orm';
import type { CHANNELS, MACHINE_DETECTIONS } from '../db/schema/campaign.ts';
import { script } from '../db/schema/script.ts';
import { DEFAULT_RETRY_SECONDS } from '../dialing/retry-schedule.ts';
import { DEFAULT_WINDOW, isTimeZone } from '../dialing/window.ts';
import { findVersion } from '../scripts/find-script.ts';
import { isE164 } from '../shared/e164.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';

/** What a person says of a campaign; null is the usual. */
export type CampaignSettings = {
  readonly name: string;
  readonly scriptId: string;
  readonly fromNumber: string;
  readonly callerIds?: readonly string[] | undefined;
  readonly timeZone?: string | undefined;
  readonly opensMinute?: number | undefined;
  readonly closesMinute?: number | undefined;
  readonly retrySeconds?: readonly number[] | undefined;
  readonly dailyAttemptsPerNumber?: number | null | undefined;
  readonly weeklyAttemptsPerNumber?: number | null | undefined;
  readonly variables?: Readonly<Record<string, string>> | undefined;
  readonly machineDetection?: (typeof MACHINE_DETECTIONS)[number] | undefined;
  readonly ringSeconds?: number | undefined;
  readonly callLimitSeconds?: number | null | undefined;
  readonly channel?: (typeof CHANNELS)[number] | undefined;
  readonly maxCallsPerSecond?: number | null | undefined;
  readonly maxConcurrentCalls?: number | null | undefined;
  readonly breakerPercent?: number | null | undefined;
  readonly recordsCalls?: boolean | undefined;
};

type OwnerOf = (e164: string) => Promise<string | null>;

/** Columns of a campaign on the script's published version; refuses what could not be called with. */
export async function columnsOf(ctx: TenantContext, said: CampaignSettings, ownerOf: OwnerOf) {
  const { scriptId, version } = await publishedVersion(ctx, said.scriptId);
  if (said.channel === 'sms') await checkForTexts(ctx, scriptId, version);
  const timeZone = said.timeZone ?? ctx.tenant.timeZone;
  if (!isTimeZone(timeZone)) {
    throw new DestinyError(
      'invalid_input',
      `"${timeZone}" is not a time zone; write it like America/New_York.`,
    );
  }
  const callerIds = [...new Set(said.callerIds ?? [])].filter((one) => one !== said.fromNumber);
  for (const number of [said.fromNumber, ...callerIds]) await checkOwn(ctx, number, ownerOf);
  const opensMinute = said.opensMinute ?? ctx.tenant.opensMinute ?? DEFAULT_WINDOW.opensMinute;
  const closesMinute = said.closesMinute ?? ctx.tenant.closesMinute ?? DEFAULT_WINDOW.closesMinute;
  if (opensMinute >= closesMinute) {
    throw new DestinyError(
      'invalid_input',
      'The calling window closes before it opens; set closesMinute after opensMinute.',
    );
  }
  return {
    name: said.name,
    ...{ scriptId, scriptVersion: version, fromNumber: said.fromNumber, callerIds },
    ...{ timeZone, opensMinute, closesMinute },
    retrySeconds: said.retrySeconds ?? DEFAULT_RETRY_SECONDS,
    variables: { ...said.variables },
    dailyAttemptsPerNumber: said.dailyAttemptsPerNumber ?? null,
    weeklyAttemptsPerNumber: said.weeklyAttemptsPerNumber ?? null,
    machineDetection: said.machineDetection ?? 'off',
    ringSeconds: said.ringSeconds ?? USUAL_RING_SECONDS,
    callLimitSeconds: said.callLimitSeconds ?? null,
    channel: said.channel ?? 'voice',
    maxCallsPerSecond: said.maxCallsPerSecond ?? null,
    maxConcurrentCalls: said.maxConcurrentCalls ?? null,
    breakerPercent: said.breakerPercent ?? null,
    recordsCalls: said.recordsCalls ?? false,
  } as const;
}

const USUAL_RING_SECONDS = 30;

async function publishedVersion(ctx: TenantContext, scriptId: string) {
  const own = await ctx.db.findOne(script, eq(script.id, scriptId));
  if (own === null) {
    throw new DestinyError('not_found', `There is no script ${scriptId}; check the identifier.`);
  }
  if (own.publishedVersion === 0) {
    throw new DestinyError(
      'conflict',
      `Publish the script "${own.name}" before a campaign uses it.`,
    );
  }
  return { scriptId: own.id, version: own.publishedVersion };
}

/** A script says itself whether it can be read: keys and transfers mean nothing in a text. */
async function checkForTexts(ctx: TenantContext, scriptId: string, version: number) {
  const { flowJson } = await findVersion(ctx, { scriptId, version });
  if (flowJson.settings.channels?.includes('sms')) return;
  throw new DestinyError(
    'conflict',
    'The script is not made for texts; begin it with "@channels sms" and publish it again.',
  );
}

async function checkOwn(ctx: TenantContext, number: string, ownerOf: OwnerOf): Promise<void> {
  if (!isE164(number)) {
    throw new DestinyError(
      'invalid_number',
      `"${number}" is not an E.164 number; write it like +15551234567.`,
    );
  }
  if ((await ownerOf(number)) === ctx.tenant.id) return;
  throw new DestinyError(
    'invalid_number',
    `The number ${number} is not assigned to you; calls can only come from a number of yours.`,
  );
}
