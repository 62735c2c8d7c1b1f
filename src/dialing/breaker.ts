import type { BreakerLimit, BreakerSettings } from '../db/schema/campaign.ts';
import { classifyEndByCode } from '../telephony/error-classes.ts';
import type { TenantContext } from '../tenants/context.ts';

/** Calls of one campaign that ended, newest first. */
export type EndedCall = { readonly status: string; readonly errorCode: string | null };

type Kind = keyof BreakerSettings;

/** Failures of the network stop a campaign sooner than numbers that do not exist. */
export const BREAKER_LIMITS: Readonly<Record<Kind, BreakerLimit>> = {
  failing: { calls: 20, share: 0.6 },
  badList: { calls: 50, share: 0.8 },
};
const KINDS = ['failing', 'badList'] as const satisfies readonly Kind[];

/** What failed longer ago says little about now. */
const LOOK_BACK_MS = 900_000;

/** Why a campaign must pause, or null; busy and unanswered calls are no failures. */
export function breakerVerdict(
  ended: readonly EndedCall[],
  settings: BreakerSettings = {},
): string | null {
  for (const kind of KINDS) {
    const { calls, share } = settings[kind] ?? BREAKER_LIMITS[kind];
    if (ended.length < calls) continue;
    const failed = ended.slice(0, calls).filter((one) => failureOf(one) === kind).length;
    if (failed >= calls * share) return SENTENCE[kind](failed, calls);
  }
  return null;
}

const SENTENCE: Readonly<Record<Kind, (failed: number, calls: number) => string>> = {
  failing: (failed, calls) =>
    `${failed} of the last ${calls} calls failed at the carrier; look at their error codes and at Twilio's status page, then resume.`,
  badList: (failed, calls) =>
    `${failed} of the last ${calls} numbers do not exist or cannot be called; check the contact list, then resume.`,
};

function failureOf({ status, errorCode }: EndedCall): Kind | null {
  if (status !== 'failed') return null;
  return classifyEndByCode('failed', errorCode) === 'contact' ? 'badList' : 'failing';
}

/** Looks at what the campaign's calls came to since its last start. */
export async function checkBreaker(
  ctx: TenantContext,
  { id, breaker }: { readonly id: string; readonly breaker: BreakerSettings },
): Promise<string | null> {
  const since = ctx.clock.now() - LOOK_BACK_MS;
  const most = Math.max(...KINDS.map((kind) => (breaker[kind] ?? BREAKER_LIMITS[kind]).calls));
  const ended = await ctx.db.rows<EndedCall>(ctx.db.raw(RECENTLY_ENDED, id, since, most));
  return breakerVerdict(ended, breaker);
}

const RECENTLY_ENDED = `SELECT status, error_code AS errorCode FROM call
WHERE tenant_id = ?1 AND campaign_id = ?2 AND ended_at IS NOT NULL AND ended_at > max(?3,
  coalesce((SELECT resumed_at FROM campaign WHERE tenant_id = ?1 AND id = ?2), 0))
  AND status != 'canceled'
ORDER BY ended_at DESC LIMIT ?4`;
