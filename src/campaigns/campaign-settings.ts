import type {
  BreakerSettings,
  CHANNELS,
  campaign,
  MACHINE_DETECTIONS,
} from '../db/schema/campaign.ts';
import { DEFAULT_RETRY_SECONDS } from '../dialing/retry-schedule.ts';
import { DEFAULT_WINDOW, isTimeZone } from '../dialing/window.ts';
import { isE164 } from '../shared/e164.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';

/** What a person may set while a campaign is a draft; unset and undefined mean the default. */
export type CampaignSettings = {
  readonly fromNumber: string;
  readonly moreFromNumbers?: readonly string[] | undefined;
  readonly timeZone?: string | undefined;
  readonly opensMinute?: number | undefined;
  readonly closesMinute?: number | undefined;
  readonly retrySeconds?: readonly number[] | undefined;
  readonly dailyAttemptsPerNumber?: number | null | undefined;
  readonly weeklyAttemptsPerNumber?: number | null | undefined;
  readonly variables?: Readonly<Record<string, string>> | undefined;
  readonly machineDetection?: (typeof MACHINE_DETECTIONS)[number] | undefined;
  readonly channel?: (typeof CHANNELS)[number] | undefined;
  readonly ringSeconds?: number | undefined;
  readonly callLimitSeconds?: number | null | undefined;
  readonly maxCallsPerSecond?: number | null | undefined;
  readonly maxConcurrentCalls?: number | null | undefined;
  readonly record?: boolean | undefined;
  readonly breaker?: BreakerSettings | undefined;
};

export type TenantOfNumber = (e164: string) => Promise<string | null>;

const USUAL_RING_SECONDS = 30;

/** The columns of these settings, or what is wrong with them. */
export async function checkedSettings(
  ctx: TenantContext,
  input: CampaignSettings,
  tenantOfNumber: TenantOfNumber,
) {
  const { tenant } = ctx;
  const timeZone = input.timeZone ?? tenant.timeZone;
  if (!isTimeZone(timeZone)) {
    throw wrong(`"${timeZone}" is not a time zone; write it like America/New_York.`);
  }
  const opensMinute = input.opensMinute ?? tenant.opensMinute ?? DEFAULT_WINDOW.opensMinute;
  const closesMinute = input.closesMinute ?? tenant.closesMinute ?? DEFAULT_WINDOW.closesMinute;
  if (opensMinute >= closesMinute) {
    throw wrong('The calling window closes before it opens; set closesMinute after opensMinute.');
  }
  const [fromNumber, ...moreFromNumbers] = new Set([
    input.fromNumber,
    ...(input.moreFromNumbers ?? []),
  ]);
  for (const e164 of [input.fromNumber, ...moreFromNumbers]) {
    await checkOwn(ctx, e164, tenantOfNumber);
  }
  return {
    ...{ fromNumber: fromNumber ?? input.fromNumber, moreFromNumbers },
    ...{ timeZone, opensMinute, closesMinute },
    retrySeconds: input.retrySeconds ?? DEFAULT_RETRY_SECONDS,
    variables: { ...input.variables },
    dailyAttemptsPerNumber: input.dailyAttemptsPerNumber ?? null,
    weeklyAttemptsPerNumber: input.weeklyAttemptsPerNumber ?? null,
    machineDetection: input.machineDetection ?? 'off',
    channel: input.channel ?? 'voice',
    ringSeconds: input.ringSeconds ?? USUAL_RING_SECONDS,
    callLimitSeconds: input.callLimitSeconds ?? null,
    maxCallsPerSecond: input.maxCallsPerSecond ?? null,
    maxConcurrentCalls: input.maxConcurrentCalls ?? null,
    record: input.record ?? false,
    breaker: input.breaker ?? {},
  } satisfies Partial<typeof campaign.$inferInsert>;
}

async function checkOwn(
  ctx: TenantContext,
  e164: string,
  tenantOfNumber: TenantOfNumber,
): Promise<void> {
  if (!isE164(e164)) {
    throw new DestinyError(
      'invalid_number',
      `"${e164}" is not an E.164 number; write it like +15551234567.`,
    );
  }
  if ((await tenantOfNumber(e164)) === ctx.tenant.id) return;
  throw new DestinyError(
    'invalid_number',
    `The number ${e164} is not assigned to you; calls can only come from a number of yours.`,
  );
}

function wrong(message: string): DestinyError {
  return new DestinyError('invalid_input', message);
}
